import { type Predicate, scalars } from '../context.js';
import { equality } from '../equality.js';
import { listOf } from '../list.js';
import { all, any, fail, type Outcome, open } from '../outcome.js';

/** The list holds all of the scalars named. */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    const wanted = named(context);
    if (!list) return fail(value.at, () => `is absent; must contain ${wanted.join(', ')}`);
    const holds = (scalar: string | number | boolean): Outcome => {
      const found = any(
        list.items,
        (item) => equality(item, [scalar], context),
        () => fail(value.at, () => `lacks ${JSON.stringify(scalar)}`),
      );
      return list.open && found.verdict === 'fail' ? open(list.open, value.at) : found;
    };
    return all(wanted, holds, value.at);
  };
};
