import type { Observation } from '#model/observation.js';
import type { Clients } from './clients.js';
import { everyPage } from './pages.js';

export interface Discovered {
  /** Key id → its aliases, both sorted. */
  keys: ReadonlyMap<string, readonly string[]>;
  observation: Observation;
}

/**
 * The customer's keys that an alias points to, with the observation of the listing: probe `kms-aliases`, answer `{aliases,
 * keys, pages}`. When keys may have been overlooked, an unanswered `kms-key` observation says so, so that the requirements on
 * keys cannot pass on what was not seen. Keys without an alias are not found here.
 */
export async function discoverKeys({ kms }: Clients, region: string, now: () => Date): Promise<Discovered> {
  const time = now().toISOString();
  const listed = await everyPage('kms:ListAliases', undefined, (marker) =>
    kms.client.send(new kms.sdk.ListAliasesCommand(marker)),
  );
  const requestId = listed.requestId ? { requestId: listed.requestId } : {};
  const about = { service: 'kms', call: 'ListAliases', subject: `aliases in ${region}`, time, ...requestId };
  const none = new Map<string, readonly string[]>();
  if (listed.outcome !== 'answered') {
    const { outcome, detail } = listed;
    return { keys: none, observation: { probe: 'kms-key', ...about, outcome, detail, answer: {} } };
  }
  const entries = listed.value.flatMap(({ Aliases = [] }) => Aliases);
  const found = new Map<string, string[]>();
  for (const { AliasName: name = '', TargetKeyId: target } of entries) {
    if (!target || name.startsWith('alias/aws/')) continue;
    found.set(target, [...(found.get(target) ?? []), name]);
  }
  if (found.size === 0) {
    const detail = `a customer-managed key with an alias in ${region}, or the keys named one by one`;
    return { keys: none, observation: { probe: 'kms-key', ...about, outcome: 'missing', detail, answer: {} } };
  }
  const seen = { aliases: entries.length, keys: found.size, pages: listed.value.length };
  const keys = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    keys: new Map(keys.map(([key, aliases]) => [key, aliases.sort()])),
    observation: { probe: 'kms-aliases', ...about, outcome: 'answered', answer: seen },
  };
}
