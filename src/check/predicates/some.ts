import type { Predicate } from '../context.js';
import { describe, ownWords } from '../describe.js';
import { listOf } from '../list.js';
import { any, fail, open } from '../outcome.js';

/** At least one item of the list meets a predicate or condition. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    if (!list) return fail(value.at, () => `is absent; must have an item ${describe(argument)}`);
    const listed = any(
      list.items,
      (item) => judge(item, context),
      () => fail(value.at, () => ownWords(argument) ?? `has no item ${describe(argument)}`),
    );
    return list.open && listed.verdict === 'fail' ? open(list.open, value.at) : listed;
  };
};
