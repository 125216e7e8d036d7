import type { Judge } from '../context.js';
import { listOf } from '../list.js';
import { all, fail, unknown } from '../outcome.js';

/** Each item of the list meets a predicate or condition; an empty list does. */
export const judge: Judge = (value, argument, context, engine) => {
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  const list = listOf(value);
  if (!list) return fail(value.at, 'is absent; must be a list');
  const listed = all(list.items, (item) => engine.item(item, argument, context), value.at);
  return list.open && listed.verdict === 'pass' ? unknown(value.at, list.open.settledBy) : listed;
};
