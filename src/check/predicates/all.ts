import { type Judge, RequirementFault } from '../context.js';
import { all } from '../outcome.js';

/** All of the predicates hold. */
export const judge: Judge = (value, argument, context, engine) => {
  if (!Array.isArray(argument)) throw new RequirementFault('`all` takes a list of predicates');
  return all(argument, (predicate) => engine.predicate(value, predicate, context), value.at);
};
