import { type Judge, RequirementFault } from '../context.js';
import { describe } from '../describe.js';
import { any, fail, quote } from '../outcome.js';

/** At least one of the predicates holds. */
export const judge: Judge = (value, argument, context, engine) => {
  if (!Array.isArray(argument)) throw new RequirementFault('`any` takes a list of predicates');
  return any(
    argument,
    (predicate) => engine.predicate(value, predicate, context),
    () => fail(value.at, () => `is ${quote(value)}; must be one of: ${argument.map(describe).join('; or ')}`),
  );
};
