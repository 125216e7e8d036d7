import type { Judge } from '../context.js';
import { describe, ownWords } from '../describe.js';
import { listOf } from '../list.js';
import { any, fail, unknown } from '../outcome.js';

/** At least one item of the list meets a predicate or condition. */
export const judge: Judge = (value, argument, context, engine) => {
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  const list = listOf(value);
  if (!list) return fail(value.at, () => `is absent; must have an item ${describe(argument)}`);
  const listed = any(
    list.items,
    (item) => engine.item(item, argument, context),
    () => fail(value.at, () => ownWords(argument) ?? `has no item ${describe(argument)}`),
  );
  return list.open && listed.verdict === 'fail' ? unknown(value.at, list.open.settledBy) : listed;
};
