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
  const holds = (scalar: string | number | boolean): Outcome => {
    const found = any(
      list.items,
      (item) => equality(item, [scalar]),
      () => fail(value.at, () => `lacks ${JSON.stringify(scalar)}`),
    );
    return list.open && found.verdict === 'fail' ? unknown(value.at, list.open.settledBy) : found;
  };
  return all(wanted, holds, value.at);
};
