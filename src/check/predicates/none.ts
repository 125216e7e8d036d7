import type { Value } from '#model/value.js';
import type { Predicate } from '../context.js';
import { isSpelt } from '../describe.js';
import { held } from '../held.js';
import { listOf } from '../list.js';
import { all, fail, type Outcome, open, pass, quote } from '../outcome.js';

/** No item of the list meets a predicate or condition; an absent list has no items. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    if (!list) return pass(value.at, []);
    const lacks = (item: Value): Outcome => {
      const outcome = judge(item, context);
      if (outcome.verdict === 'pass')
        return fail(placeOf(item, outcome), () =>
          held(
            argument,
            (part) => engine.condition(part)(item, context).verdict === 'pass',
            isSpelt(argument) ? ofValue(item) : ofItem,
          ),
        );
      return outcome.verdict === 'fail' ? pass(item.at) : outcome;
    };
    const listed = all(list.items, lacks, value.at);
    return list.open && listed.verdict === 'pass' ? open(list.open, value.at) : listed;
  };
};

/** What is wrong in an entry of an object may stand far below its name. */
const placeOf = (item: Value, { evidence }: Outcome): number =>
  item.kind === 'dict' && item.entry !== undefined ? Math.max(item.at, ...evidence) : item.at;

const ofItem = {
  set: (path: string) => `has an item whose ${path} is set; it must be absent`,
  otherwise: (asked: string) => `has an item it must not have: ${asked}`,
};

const ofValue = (item: Value): typeof ofItem => ({
  ...ofItem,
  otherwise: () => `has ${quote(item)}, which it must not have`,
});
