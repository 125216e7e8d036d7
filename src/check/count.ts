import { type Predicate, RequirementFault, resolve } from './context.js';
import { listOf } from './list.js';
import { fail, open, pass } from './outcome.js';

/** A comparison of a list's length. An open list may only have more items than those known. */
export const count =
  (words: string, holds: (length: number, limit: number) => boolean, moreHelps: boolean): Predicate =>
  (argument) =>
  (value, context) => {
    const limit = resolve(argument, context);
    if (typeof limit !== 'number') throw new RequirementFault(`a number is needed, not ${JSON.stringify(argument)}`);
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    const must = `must have ${words} ${limit} ${limit === 1 ? 'item' : 'items'}`;
    if (!list) return fail(value.at, () => `is absent; ${must}`);
    const settled = holds(list.items.length, limit);
    if (list.open && settled !== moreHelps) return open(list.open, value.at);
    if (settled) return pass(value.at);
    return fail(value.at, () => `has ${list.items.length}; ${must}`);
  };
