import type { Value } from '#model/value.js';
import type { Judge } from '../context.js';
import { isSpelt } from '../describe.js';
import { held } from '../held.js';
import { listOf } from '../list.js';
import { all, fail, type Outcome, pass, quote, unknown } from '../outcome.js';

/** No item of the list meets a predicate or condition; an absent list has no items. */
export const judge: Judge = (value, argument, context, engine) => {
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  const list = listOf(value);
  if (!list) return pass(value.at, []);
  const lacks = (item: Value): Outcome => {
    const outcome = engine.item(item, argument, context);
    if (outcome.verdict === 'pass')
      return fail(item.at, () =>
        held(
          argument,
          (part) => engine.condition(item, part, context).verdict === 'pass',
          isSpelt(argument) ? ofValue(item) : ofItem,
        ),
      );
    return outcome.verdict === 'fail' ? pass(item.at) : outcome;
  };
  const listed = all(list.items, lacks, value.at);
  return list.open && listed.verdict === 'pass' ? unknown(value.at, list.open.settledBy) : listed;
};

const ofItem = {
  set: (path: string) => `has an item whose ${path} is set; it must be absent`,
  otherwise: (asked: string) => `has an item it must not have: ${asked}`,
};

const ofValue = (item: Value): typeof ofItem => ({
  ...ofItem,
  otherwise: () => `has ${quote(item)}, which it must not have`,
});
