import type { Judge } from '../context.js';
import { pass } from '../outcome.js';

/** Not there, or meets a predicate. */
export const judge: Judge = (value, argument, context, engine) =>
  value.kind === 'absent' ? pass(value.at, []) : engine.predicate(value, argument, context);
