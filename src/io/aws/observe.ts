import type { Observation } from '#model/observation.js';
import { type Clients, connect, usesFips } from './clients.js';
import { discoverKeys } from './discover.js';
import { checkAccount, observeIdentity } from './identity.js';
import { observeKey } from './keys.js';
import { checkKey, customEndpoint, type Place } from './place.js';

export interface ObserveRequest extends Place {
  /** Key ids, aliases or ARNs; when empty, the keys that aliases of the region point to. */
  keys: readonly string[];
  /** The boundary's account, 12 digits. Credentials of another one end the probe before keys are looked at. */
  account?: string | undefined;
  now: () => Date;
}

/** Keys asked about at the same time. */
const width = 4;

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
    const found =
      request.keys.length > 0
        ? { keys: [...new Set(request.keys)], observations: [] }
        : await discoverKeys(clients, request.region, request.now);
    const keys = await observeKeys(clients, found.keys, request.now);
    const observations = [identity, ...found.observations, ...keys];
    return observations.map((observation) => withEndpoint(observation, clients, request));
  } finally {
    clients.close();
  }
}

async function observeKeys(
  clients: Clients,
  keys: readonly string[],
  now: () => Date,
): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  for (let at = 0; at < keys.length; at += width) {
    observations.push(...(await Promise.all(keys.slice(at, at + width).map((key) => observeKey(clients, key, now)))));
  }
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
  const endpoint = custom?.host ?? endpointHost(clients, service, place);
  return { ...observation, answer: { ...observation.answer, endpoint, fipsEndpoint } };
}

/** The host the SDK resolves for a service, without a call. */
export function endpointHost(clients: Clients, service: 'STS' | 'KMS', place: Place): string {
  const { endpointProvider } = (service === 'STS' ? clients.sts : clients.kms).client.config;
  return endpointProvider({ Region: place.region, UseFIPS: usesFips(place, undefined), UseDualStack: false }).url.host;
}
