import { type Predicate, RequirementFault, resolve } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';
import { quantityOf } from '../quantity.js';

/** A Kubernetes resource quantity no smaller than the one named: `1Gi` is at least `500Mi`. */
export const predicate: Predicate = (argument) => (value, context) => {
  const wanted = resolve(argument, context);
  const limit = typeof wanted === 'string' || typeof wanted === 'number' ? quantityOf(wanted) : undefined;
  if (limit === undefined) throw new RequirementFault(`a quantity is needed, not ${JSON.stringify(argument)}`);
  const must = `must be at least ${wanted}`;
  if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must}`);
  if (value.kind === 'unknown') return open(value);
  if (value.kind === 'text') return unknown(value.at, openPart(value));
  const number = value.kind === 'scalar' ? quantityOf(value.value) : undefined;
  if (number === undefined) return fail(value.at, () => `is ${quote(value)}, no quantity; ${must}`);
  return number >= limit ? pass(value.at) : fail(value.at, () => `is ${quote(value)}; ${must}`);
};
