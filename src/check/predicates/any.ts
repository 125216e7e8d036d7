import { type Predicate, RequirementFault } from '../context.js';
import { describe } from '../describe.js';
import { any, fail, quote } from '../outcome.js';

/** At least one of the predicates holds. */
export const predicate: Predicate = (argument, engine) => {
  if (!Array.isArray(argument)) throw new RequirementFault('`any` takes a list of predicates');
  const tests = argument.map((part) => engine.predicate(part));
  return (value, context) =>
    any(
      tests,
      (test) => test(value, context),
      // The first is the plain way to meet it: a policy is shown at the statement that does not, not at its whole.
      (first) =>
        fail(
          first?.at ?? value.at,
          () => `is ${quote(value)}; must be one of: ${argument.map(describe).join('; or ')}`,
        ),
    );
};
