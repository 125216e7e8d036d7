import type { Judge } from '../context.js';
import { describe } from '../describe.js';
import { listOf } from '../list.js';
import { all, fail, type Outcome, pass, unknown } from '../outcome.js';

/** No item of the list meets a predicate or condition; an absent list has no items. */
export const judge: Judge = (value, argument, context, engine) => {
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  const list = listOf(value);
  if (!list) return pass(value.at, []);
  const outcomes = list.items.map((item): Outcome => {
    const outcome = engine.item(item, argument, context);
    if (outcome.verdict === 'pass') return fail(item.at, () => `has an item it must not have (${describe(argument)})`);
    return outcome.verdict === 'fail' ? pass(item.at) : outcome;
  });
  if (list.open) outcomes.push(unknown(value.at, list.open.settledBy));
  return all(outcomes, value.at);
};
