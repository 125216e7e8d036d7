import type { Value } from '#model/value.js';
import type { Predicate } from '../context.js';
import { pass } from '../outcome.js';

/** Not there, left to the provider's default, or meets a predicate. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.predicate(argument);
  return (value, context) => (isUnset(value) ? pass(value.at, []) : judge(value, context));
};

/** What was never given is null in the plan that makes a resource, and often "" in those of later years. */
const isUnset = (value: Value): boolean =>
  value.kind === 'absent' ||
  (value.kind === 'unknown' && value.unset === true) ||
  (value.kind === 'scalar' && value.value === '');
