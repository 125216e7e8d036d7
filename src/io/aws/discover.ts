import type { Observation } from '#model/observation.js';
import { settle } from './answer.js';
import type { Clients } from './clients.js';

/** More pages of aliases than any account has; an endpoint that never ends must not keep us for ever. */
const pageLimit = 500;

/**
 * The customer's keys that an alias points to, each key id once, sorted, with the observation of the listing: probe
 * `kms-aliases`, answer `{aliases, keys, pages}`. When keys may have been overlooked, an unanswered `kms-key` observation
 * says so, so that the requirements on keys cannot pass on what was not seen. Keys without an alias are not found here.
 */
export async function discoverKeys(
  { kms }: Clients,
  region: string,
  now: () => Date,
): Promise<{ keys: readonly string[]; observations: readonly Observation[] }> {
  const keys = new Set<string>();
  let aliases = 0;
  let marker: string | undefined;
  const subject = `aliases in ${region}`;
  const time = now().toISOString();
  const about = { service: 'kms', call: 'ListAliases', subject, time };
  const result = (observation: Observation) => ({ keys: [...keys].sort(), observations: [observation] });
  for (let pages = 1; pages <= pageLimit; pages += 1) {
    const input = marker === undefined ? {} : { Marker: marker };
    const answer = await settle('kms:ListAliases', kms.client.send(new kms.sdk.ListAliasesCommand(input)));
    const requestId = answer.requestId ? { requestId: answer.requestId } : {};
    if (answer.outcome !== 'answered') {
      return result({
        probe: 'kms-key',
        ...about,
        ...requestId,
        outcome: answer.outcome,
        detail: answer.detail,
        answer: {},
      });
    }
    for (const { AliasName: name, TargetKeyId: target } of answer.value.Aliases ?? []) {
      aliases += 1;
      if (target && !name?.startsWith('alias/aws/')) keys.add(target);
    }
    marker = answer.value.Truncated ? answer.value.NextMarker : undefined;
    if (marker !== undefined) continue;
    if (keys.size === 0) {
      const detail = `a customer-managed key with an alias in ${region}, or the keys named one by one`;
      return result({ probe: 'kms-key', ...about, ...requestId, outcome: 'missing', detail, answer: {} });
    }
    const seen = { aliases, keys: keys.size, pages };
    return result({ probe: 'kms-aliases', ...about, ...requestId, outcome: 'answered', answer: seen });
  }
  const detail = `an end of the list of kms:ListAliases, which went on after ${pageLimit} pages`;
  return result({ probe: 'kms-key', ...about, outcome: 'failed', detail, answer: {} });
}
