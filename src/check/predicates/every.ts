import type { Predicate } from '../context.js';
import { listOf } from '../list.js';
import { all, fail, open } from '../outcome.js';

/** Each item of the list meets a predicate or condition; an empty list does. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    if (!list) return fail(value.at, 'is absent; must be a list');
    const listed = all(list.items, (item) => judge(item, context), value.at);
    return list.open && listed.verdict === 'pass' ? open(list.open, value.at) : listed;
  };
};
