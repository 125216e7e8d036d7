import type { Predicate } from '../context.js';
import { describe, isSpelt } from '../describe.js';
import { fail, pass, quote } from '../outcome.js';

/** The predicate does not hold. The value is quoted only where the requirement spells it: those that look for secrets do not. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.predicate(argument);
  const spelt = isSpelt(argument);
  return (value, context) => {
    const outcome = judge(value, context);
    if (outcome.verdict === 'pass') {
      return fail(outcome.at, () =>
        spelt ? `is ${quote(value)}, which it must not be` : `is what it must not be: ${describe(argument)}`,
      );
    }
    if (outcome.verdict === 'fail') return pass(value.at, value.kind === 'absent' ? [] : [value.at]);
    return outcome;
  };
};
