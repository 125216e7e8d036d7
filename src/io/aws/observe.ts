import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import { type Clients, connect } from './clients.js';
import { discoverKeys } from './discover.js';
import { checkAccount, observeIdentity } from './identity.js';
import { observeKey } from './keys.js';
import { checkKey, checkRegion, customEndpoint, type Place, type Service, usesFips } from './place.js';
import { pool } from './pool.js';

export interface ObserveRequest extends Place {
  /** Key ids, aliases or ARNs; when empty, the keys that aliases of the region point to. */
  keys: readonly string[];
  /** The boundary's account, 12 digits. Credentials of another one end the probe before keys are looked at. */
  account?: string | undefined;
  now: () => Date;
  /** Told how many of all keys of a region have been looked at. */
  progress?: (done: number, all: number, region: string) => void;
}

/** Keys asked about at the same time; each asks up to five things at once, and an agent has 50 sockets. */
const width = 8;

/** What one region of the account says: see `observeRegions`. */
export const observe = (request: ObserveRequest): Promise<readonly Observation[]> => observeRegions([request]);

/**
 * What regions of the account say, by reading calls only: the caller, asked once in the first region, then in each region each
 * key once, in the order of their ARNs. All regions and keys are checked before the first call. Answers hold the fields named
 * at each probe and nothing else, besides `endpoint` (the host called) and `fipsEndpoint`.
 */
export async function observeRegions(requests: readonly ObserveRequest[]): Promise<readonly Observation[]> {
  for (const request of requests) {
    checkRegion(request);
    for (const key of request.keys) checkKey(key, request);
  }
  const seen: Observation[] = [];
  for (const request of requests) seen.push(...(await observeRegion(request, seen.length === 0)));
  return seen;
}

/**
 * More keys of one region, named by what the account itself said: the caller was asked already. A name that may not be asked about
 * is not called; it comes back as an observation that failed, with the reason.
 */
export async function observeNamedKeys(request: ObserveRequest): Promise<readonly Observation[]> {
  checkRegion(request);
  const refused: Observation[] = [];
  const keys = request.keys.filter((key) => {
    const why = faultOf(key, request);
    if (why === undefined) return true;
    refused.push({
      probe: 'kms-key',
      service: 'kms',
      call: 'DescribeKey',
      subject: key,
      region: request.region,
      time: request.now().toISOString(),
      outcome: 'failed',
      detail: why,
      answer: {},
    });
    return false;
  });
  return [...refused, ...(keys.length > 0 ? await observeRegion({ ...request, keys }, false) : [])];
}

function faultOf(key: string, place: Place): string | undefined {
  try {
    checkKey(key, place);
    return undefined;
  } catch (error) {
    if (error instanceof RampartError) return error.message;
    throw error;
  }
}

async function observeRegion(request: ObserveRequest, isFirst: boolean): Promise<readonly Observation[]> {
  const clients = await connect(request);
  try {
    const seen: Observation[] = [];
    if (isFirst) {
      const identity = await observeIdentity(clients, request.now());
      checkAccount(identity, request.account);
      seen.push(identity);
    }
    if (request.keys.length > 0) {
      seen.push(...(await observeKeys(clients, new Map(request.keys.map((key) => [key, undefined])), request)));
    } else {
      const { keys, observation } = await discoverKeys(clients, request.region, request.now);
      seen.push(observation, ...(await observeKeys(clients, keys, request)));
    }
    return seen.map((observation) => withPlace(observation, clients, request));
  } finally {
    clients.close();
  }
}

async function observeKeys(
  clients: Clients,
  keys: ReadonlyMap<string, readonly string[] | undefined>,
  { now, progress, region }: ObserveRequest,
): Promise<readonly Observation[]> {
  let done = 0;
  const observations = await pool([...keys], width, async ([key, aliases]) => {
    const observation = await observeKey(clients, key, now, aliases);
    done += 1;
    progress?.(done, keys.size, region);
    return observation;
  });
  // A key asked about by its id and by an alias is one key.
  const once = new Map(observations.map((observation) => [nameOf(observation), observation]));
  return [...once.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, observation]) => observation);
}

const nameOf = ({ answer, subject }: Observation): string => (typeof answer.arn === 'string' ? answer.arn : subject);

function withPlace(observation: Observation, clients: Clients, place: Place): Observation {
  const service = observation.service === 'sts' ? 'sts' : 'kms';
  return answeredAt(observation, service, clients[service].host, place);
}

/** Says which region and host answered; behind a custom endpoint nobody can tell whether the cryptography was a validated one. */
export function answeredAt(observation: Observation, service: Service, endpoint: string, place: Place): Observation {
  const { region } = place;
  if (observation.outcome !== 'answered') return { ...observation, region };
  const custom = customEndpoint(service, place);
  const fipsEndpoint = custom
    ? { $unknown: `calls without the custom endpoint ${custom.host}: FIPS cannot be asserted of it` }
    : usesFips(place, custom);
  return { ...observation, region, answer: { ...observation.answer, endpoint, fipsEndpoint } };
}
