import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass } from '../outcome.js';

/**
 * The manifest spells the value out, wholly or in part. Decided for every value but those a plan works out later, which are written
 * into what it makes: what comes from elsewhere is not spelt out.
 * The value is not quoted: this is how secrets are looked for.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`spelt-out` takes true; use `not` for the opposite');
  return (value) => {
    if (value.kind === 'unknown' && value.from !== undefined) return open(value);
    const isSpelt =
      value.kind === 'scalar'
        ? value.value !== '' && value.value !== null
        : value.kind === 'text' || value.kind === 'list' || value.kind === 'dict';
    return isSpelt ? pass(value.at) : fail(value.at, 'is not spelt out here');
  };
};
