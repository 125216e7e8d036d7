import { spellsSecret, spellsSecretAnyway } from '#model/secret-text.js';
import { type Predicate, RequirementFault } from '../context.js';
import { openPart } from '../equality.js';
import { speltOf } from '../open-text.js';
import { fail, open, pass, unknown } from '../outcome.js';

/**
 * Of a value that stands where a secret does: it is spelt out, and is no switch, placeholder or reference to where the secret is kept. Of a
 * JSON object, what stands under names of secrets. The value is not quoted.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`spells-secret` takes true; use `not` for the opposite');
  return (value) => {
    const spelt = speltOf(value);
    if (!spelt) return fail(value.at, 'spells out no secret');
    const { known, settled = '' } = spelt;
    if (value.kind === 'scalar' ? spellsSecret(known) : spellsSecretAnyway(known)) return pass(value.at);
    // With what comes into it, it may be a switch or a reference yet, and more of a secret than is spelt out.
    if (spelt.open && (spellsSecret(known) || spellsSecret(settled))) return open(spelt.open, value.at);
    if (value.kind === 'text' && spellsSecret(known)) return unknown(value.at, openPart(value));
    return fail(value.at, 'spells out no secret');
  };
};
