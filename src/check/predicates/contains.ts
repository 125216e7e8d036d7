import { type Judge, scalars } from '../context.js';
import { equality } from '../equality.js';
import { listOf } from '../list.js';
import { all, any, fail, type Outcome, unknown } from '../outcome.js';

/** The list holds all of the scalars named. */
export const judge: Judge = (value, argument, context) => {
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  const list = listOf(value);
  const wanted = scalars(argument, context);
  if (!list) return fail(value.at, () => `is absent; must contain ${wanted.join(', ')}`);
  const outcomes = wanted.map((scalar): Outcome => {
    const found = list.items.map((item) => equality(item, [scalar]));
    if (list.open) found.push(unknown(value.at, list.open.settledBy));
    return any(found, () => fail(value.at, () => `lacks ${JSON.stringify(scalar)}`));
  });
  return all(outcomes, value.at);
};
