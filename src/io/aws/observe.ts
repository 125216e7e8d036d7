import type { Observation } from '#model/observation.js';
import { type Clients, connect } from './clients.js';
import { discoverKeys } from './discover.js';
import { checkAccount, observeIdentity } from './identity.js';
import { observeKey } from './keys.js';
import { checkKey, customEndpoint, type Place, usesFips } from './place.js';
import { pool } from './pool.js';

export interface ObserveRequest extends Place {
  /** Key ids, aliases or ARNs; when empty, the keys that aliases of the region point to. */
  keys: readonly string[];
  /** The boundary's account, 12 digits. Credentials of another one end the probe before keys are looked at. */
  account?: string | undefined;
  now: () => Date;
  /** Told how many of all keys have been looked at. */
  progress?: (done: number, all: number) => void;
}

/** Keys asked about at the same time; each asks up to five things at once, and an agent has 50 sockets. */
const width = 8;

/**
 * What one region of the account says, by reading calls only: the caller, then each key once, in the order of their ARNs.
 * Answers hold the fields named at each probe and nothing else, besides `endpoint` (the host called) and `fipsEndpoint`.
 */
export async function observe(request: ObserveRequest): Promise<readonly Observation[]> {
  for (const key of request.keys) checkKey(key, request);
  const clients = await connect(request);
  try {
    const identity = await observeIdentity(clients, request.now().toISOString());
    checkAccount(identity, request.account);
    if (request.keys.length > 0) {
      const keys = await observeKeys(clients, new Map(request.keys.map((key) => [key, undefined])), request);
      return [identity, ...keys].map((observation) => withEndpoint(observation, clients, request));
    }
    const { keys, observation } = await discoverKeys(clients, request.region, request.now);
    const seen = [identity, observation, ...(await observeKeys(clients, keys, request))];
    return seen.map((each) => withEndpoint(each, clients, request));
  } finally {
    clients.close();
  }
}

async function observeKeys(
  clients: Clients,
  keys: ReadonlyMap<string, readonly string[] | undefined>,
  { now, progress }: ObserveRequest,
): Promise<readonly Observation[]> {
  let done = 0;
  const observations = await pool([...keys], width, async ([key, aliases]) => {
    const observation = await observeKey(clients, key, now, aliases);
    done += 1;
    progress?.(done, keys.size);
    return observation;
  });
  // A key asked about by its id and by an alias is one key.
  const once = new Map(observations.map((observation) => [nameOf(observation), observation]));
  return [...once.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, observation]) => observation);
}

const nameOf = ({ answer, subject }: Observation): string => (typeof answer.arn === 'string' ? answer.arn : subject);

/** Says which host answered; behind a custom endpoint nobody can tell whether the cryptography was a validated one. */
function withEndpoint(observation: Observation, clients: Clients, place: Place): Observation {
  if (observation.outcome !== 'answered') return observation;
  const service = observation.service === 'sts' ? 'STS' : 'KMS';
  const custom = customEndpoint(service, place);
  const fipsEndpoint = custom
    ? { $unknown: `calls without the custom endpoint ${custom.host}: FIPS cannot be asserted of it` }
    : usesFips(place, custom);
  const { host: endpoint } = service === 'STS' ? clients.sts : clients.kms;
  return { ...observation, answer: { ...observation.answer, endpoint, fipsEndpoint } };
}
