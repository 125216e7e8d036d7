import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass } from '../outcome.js';

/**
 * What the manifest spells out of a string matches a regular expression: all of it, or one of its known parts. Decided for every value but
 * those a plan works out later, as `spelt-out` is: what comes from elsewhere is for whoever gives it.
 */
export const predicate: Predicate = (argument) => {
  if (typeof argument !== 'string') throw new RequirementFault('a regular expression is needed');
  const pattern = new RegExp(argument, 'u');
  return (value) => {
    if (value.kind === 'unknown' && value.from !== undefined) return open(value);
    const isSpelt =
      value.kind === 'scalar'
        ? pattern.test(String(value.value ?? ''))
        : value.kind === 'text' && value.parts.some((part) => typeof part === 'string' && pattern.test(part));
    return isSpelt ? pass(value.at) : fail(value.at, () => `spells out nothing that matches ${argument}`);
  };
};
