import type { Judge } from '../context.js';
import { pass } from '../outcome.js';

/** Not there, left to the provider's default, or meets a predicate. */
export const judge: Judge = (value, argument, context, engine) =>
  value.kind === 'absent' || (value.kind === 'unknown' && value.unset)
    ? pass(value.at, [])
    : engine.predicate(value, argument, context);
