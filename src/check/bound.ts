import { type Judge, RequirementFault, resolve } from './context.js';
import { fail, pass, quote, unknown } from './outcome.js';
import { numberOf } from './scalar.js';

/** A comparison of a number with the one a requirement names. */
export const bound =
  (words: string, holds: (value: number, limit: number) => boolean): Judge =>
  (value, argument, context) => {
    const limit = resolve(argument, context);
    if (typeof limit !== 'number') throw new RequirementFault(`a number is needed, not ${JSON.stringify(argument)}`);
    const must = `must be ${words} ${limit}`;
    if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must}`);
    if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
    const number = value.kind === 'scalar' ? numberOf(value.value) : undefined;
    if (number === undefined) return fail(value.at, () => `is ${quote(value)}, no number; ${must}`);
    return holds(number, limit) ? pass(value.at) : fail(value.at, () => `is ${number}; ${must}`);
  };
