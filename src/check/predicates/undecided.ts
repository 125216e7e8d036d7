import { type Predicate, RequirementFault } from '../context.js';
import { unknown } from '../outcome.js';

/** Never decided, whatever the value: what it leaves open is settled by something no manifest says. */
export const predicate: Predicate = (argument) => {
  if (typeof argument !== 'string') throw new RequirementFault('`undecided` takes what it depends on, in words');
  return (value) => unknown(value.at, argument);
};
