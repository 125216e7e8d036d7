import type { Judge } from '../context.js';
import { describe } from '../describe.js';
import { fail, pass } from '../outcome.js';

/** The predicate does not hold. The value is not quoted: predicates that look for secrets are used this way. */
export const judge: Judge = (value, argument, context, engine) => {
  const outcome = engine.predicate(value, argument, context);
  if (outcome.verdict === 'pass') return fail(outcome.at, () => `is what it must not be (${describe(argument)})`);
  if (outcome.verdict === 'fail') return pass(value.at, value.kind === 'absent' ? [] : [value.at]);
  return outcome;
};
