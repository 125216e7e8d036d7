import type { Judge } from '../context.js';
import { describe, isSpelt } from '../describe.js';
import { fail, pass, quote } from '../outcome.js';

/** The predicate does not hold. The value is quoted only where the requirement spells it: those that look for secrets do not. */
export const judge: Judge = (value, argument, context, engine) => {
  const outcome = engine.predicate(value, argument, context);
  if (outcome.verdict === 'pass') {
    const spelt = isSpelt(argument);
    return fail(outcome.at, () =>
      spelt ? `is ${quote(value)}, which it must not be` : `is what it must not be: ${describe(argument)}`,
    );
  }
  if (outcome.verdict === 'fail') return pass(value.at, value.kind === 'absent' ? [] : [value.at]);
  return outcome;
};
