import type { Predicate } from '../context.js';
import { pass } from '../outcome.js';
import { isUnset } from './unset.js';

/** Not there, left to the provider's default, or meets a predicate. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.predicate(argument);
  return (value, context) => (isUnset(value) ? pass(value.at, []) : judge(value, context));
};
