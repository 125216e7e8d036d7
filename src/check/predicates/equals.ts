import type { Predicate } from '../context.js';
import { scalars } from '../context.js';
import { equality } from '../equality.js';

/** The scalar is the one named. */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => equality(value, named(context).slice(0, 1), context);
};
