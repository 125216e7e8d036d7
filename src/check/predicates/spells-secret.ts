import { spellsSecret } from '#model/secret-text.js';
import { type Predicate, RequirementFault } from '../context.js';
import { speltOf } from '../open-text.js';
import { fail, open, pass } from '../outcome.js';

/**
 * Of a value that stands where a secret does: it is spelt out, and is no switch, placeholder or reference to where the secret is kept. Of a
 * JSON object, what stands under names of secrets. The value is not quoted.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`spells-secret` takes true; use `not` for the opposite');
  return (value) => {
    const spelt = speltOf(value);
    if (spelt && spellsSecret(spelt.known)) return pass(value.at);
    if (spelt?.open && spellsSecret(spelt.settled ?? '')) return open(spelt.open, value.at);
    return fail(value.at, 'spells out no secret');
  };
};
