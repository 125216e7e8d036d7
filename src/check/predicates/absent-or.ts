import type { Predicate } from '../context.js';
import { pass } from '../outcome.js';

/** Not there, or meets a predicate. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.predicate(argument);
  return (value, context) => (value.kind === 'absent' ? pass(value.at, []) : judge(value, context));
};
