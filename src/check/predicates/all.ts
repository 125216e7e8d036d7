import { type Predicate, RequirementFault } from '../context.js';
import { all } from '../outcome.js';

/** All of the predicates hold. */
export const predicate: Predicate = (argument, engine) => {
  if (!Array.isArray(argument)) throw new RequirementFault('`all` takes a list of predicates');
  const tests = argument.map((part) => engine.predicate(part));
  return (value, context) => all(tests, (test) => test(value, context), value.at);
};
