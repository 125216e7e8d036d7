import { type Judge, RequirementFault, resolve } from './context.js';
import { listOf } from './list.js';
import { fail, pass, unknown } from './outcome.js';

/** A comparison of a list's length. An open list may only have more items than those known. */
export const count =
  (words: string, holds: (length: number, limit: number) => boolean, moreHelps: boolean): Judge =>
  (value, argument, context) => {
    const limit = resolve(argument, context);
    if (typeof limit !== 'number') throw new RequirementFault(`a number is needed, not ${JSON.stringify(argument)}`);
    if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
    const list = listOf(value);
    const must = `must have ${words} ${limit} ${limit === 1 ? 'item' : 'items'}`;
    if (!list) return fail(value.at, () => `is absent; ${must}`);
    const settled = holds(list.items.length, limit);
    if (list.open && settled !== moreHelps) return unknown(value.at, list.open.settledBy);
    if (settled) return pass(value.at);
    return fail(value.at, () => `has ${list.items.length}; ${must}`);
  };
