import type { Judge } from '../context.js';
import { describe } from '../describe.js';
import { listOf } from '../list.js';
import { any, fail, unknown } from '../outcome.js';

/** At least one item of the list meets a predicate or condition. */
export const judge: Judge = (value, argument, context, engine) => {
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  const list = listOf(value);
  if (!list) return fail(value.at, () => `is absent; some item must be: ${describe(argument)}`);
  const listed = any(
    list.items,
    (item) => engine.item(item, argument, context),
    () => fail(value.at, () => `has no item with: ${describe(argument)}`),
  );
  return list.open && listed.verdict === 'fail' ? unknown(value.at, list.open.settledBy) : listed;
};
