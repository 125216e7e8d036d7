import type { Value } from '#model/value.js';
import { type Predicate, RequirementFault } from '../context.js';
import { fail, pass, quote } from '../outcome.js';

/** Not there, or left to the provider's default. Decided for every value: what will be known after apply is set where the configuration says so. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`unset` takes true; use `not` for the opposite');
  return (value) =>
    isUnset(value) ? pass(value.at, []) : fail(value.at, () => `is ${quote(value)}; must be left to the default`);
};

/** What was never given is null in the plan that makes a resource, and often "" in those of later years. */
export const isUnset = (value: Value): boolean =>
  value.kind === 'absent' ||
  (value.kind === 'unknown' && value.unset === true) ||
  (value.kind === 'scalar' && value.value === '');
