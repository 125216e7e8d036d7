import type { Value } from '#model/value.js';
import { type Predicate, RequirementFault, resolve } from './context.js';
import { openPart } from './equality.js';
import { fail, type Outcome, open, pass, quote, unknown } from './outcome.js';
import { numberOf } from './scalar.js';

/** A comparison of a number with the one a requirement names. */
export const bound =
  (words: string, holds: (value: number, limit: number) => boolean): Predicate =>
  (argument) =>
  (value, context) => {
    const limit = resolve(argument, context);
    if (typeof limit !== 'number') throw new RequirementFault(`a number is needed, not ${JSON.stringify(argument)}`);
    if (value.kind === 'unknown') return open(value);
    const must = (): string => `must be ${words} ${limit}`;
    return value.kind === 'absent'
      ? fail(value.at, () => `is absent; ${must()}`)
      : compare(value, (number) => holds(number, limit), must);
  };

function compare(value: Value, holds: (number: number) => boolean, must: () => string): Outcome {
  if (mayBeNumber(value))
    return unknown(value.at, value.kind === 'text' ? openPart(value) : `what ${quote(value)} returns`);
  const number = value.kind === 'scalar' ? numberOf(value.value) : undefined;
  if (number === undefined) return fail(value.at, () => `is ${quote(value)}, no number; ${must()}`);
  return holds(number) ? pass(value.at) : fail(value.at, () => `is ${number}; ${must()}`);
}

/** Whether an open value may turn out to be a number: `40${More}` may, the ARN of a thing may not. */
function mayBeNumber(value: Value): boolean {
  if (value.kind === 'reference') return value.attribute !== undefined && !/(?:Arn|Id|Name)$/i.test(value.attribute);
  if (value.kind !== 'text') return false;
  return value.parts.every((part) => typeof part !== 'string' || /^[\d.eE+-]*$/.test(part));
}
