import type { Value } from '#model/value.js';
import { every, isNull, same, scalar } from '../values.js';
import { type Functions, numberIn, textIn } from './function.js';

/** True or false where a value says so, undefined where it is open. */
const truth = (value: Value): boolean | undefined =>
  value.kind === 'scalar' && value.value !== null ? String(value.value).toLowerCase() === 'true' : undefined;

const answer = (known: boolean | undefined, at: number): Value | undefined =>
  known === undefined ? undefined : scalar(known, at);

const negated = (known: boolean | undefined): boolean | undefined => (known === undefined ? undefined : !known);

const compared = (left: Value | undefined, right: Value | undefined): number | undefined => {
  const numbers = [numberIn(left), numberIn(right)];
  if (numbers[0] !== undefined && numbers[1] !== undefined) return numbers[0] - numbers[1];
  const texts = [textIn(left), textIn(right)];
  if (texts[0] === undefined || texts[1] === undefined) return undefined;
  return texts[0] < texts[1] ? -1 : texts[0] > texts[1] ? 1 : 0;
};

const comparison =
  (holds: (order: number) => boolean) =>
  ([left, right]: readonly Value[], { at }: { at: number }): Value | undefined => {
    const order = compared(left, right);
    return order === undefined ? undefined : scalar(holds(order), at);
  };

const calculation =
  (result: (left: number, right: number) => number | undefined) =>
  ([left, right]: readonly Value[], { at }: { at: number }): Value | undefined => {
    const [a, b] = [numberIn(left), numberIn(right)];
    const value = a === undefined || b === undefined ? undefined : result(a, b);
    return value === undefined || !Number.isSafeInteger(value) ? undefined : scalar(value, at);
  };

/** The least or the greatest of some numbers, or of one list of them. */
const extreme =
  (choose: (numbers: readonly number[]) => number) =>
  (operands: readonly Value[], { at }: { at: number }): Value | undefined => {
    const [first] = operands;
    if (first?.kind === 'list' && first.open) return undefined;
    const numbers = (first?.kind === 'list' ? first.items : operands).map(numberIn);
    const known = numbers.filter((each) => each !== undefined);
    return known.length === 0 || known.length < numbers.length ? undefined : scalar(choose(known), at);
  };

export const logic: Functions = [
  ['true', (_, { at }) => scalar(true, at)],
  ['false', (_, { at }) => scalar(false, at)],
  ['null', (_, { at }) => scalar(null, at)],
  ['and', (operands, { at }) => answer(every(operands.map(truth)), at)],
  ['or', (operands, { at }) => answer(negated(every(operands.map((each) => negated(truth(each))))), at)],
  ['not', ([value], { at }) => answer(value && negated(truth(value)), at)],
  ['equals', ([left, right], { at }) => (left && right ? answer(same(left, right), at) : undefined)],
  ['less', comparison((order) => order < 0)],
  ['lessorequals', comparison((order) => order <= 0)],
  ['greater', comparison((order) => order > 0)],
  ['greaterorequals', comparison((order) => order >= 0)],
  ['add', calculation((left, right) => left + right)],
  ['sub', calculation((left, right) => left - right)],
  ['mul', calculation((left, right) => left * right)],
  ['div', calculation((left, right) => (right === 0 ? undefined : Math.trunc(left / right)))],
  ['mod', calculation((left, right) => (right === 0 ? undefined : left % right))],
  ['min', extreme((numbers) => numbers.reduce((least, each) => Math.min(least, each)))],
  ['max', extreme((numbers) => numbers.reduce((most, each) => Math.max(most, each)))],
  [
    'coalesce',
    (operands) => {
      for (const value of operands) {
        // What may turn out to be null decides whether the next one counts.
        if (value.kind === 'unknown') return value.maybeAbsent ? undefined : value;
        if (!isNull(value)) return value;
      }
      return operands.at(-1);
    },
  ],
  [
    'bool',
    ([value], { at }) => {
      const number = numberIn(value);
      if (number !== undefined) return scalar(number !== 0, at);
      const text = value && truth(value) !== undefined ? String(value.kind === 'scalar' && value.value) : '';
      if (/^(?:true|1)$/i.test(text)) return scalar(true, at);
      return /^(?:false|0)$/i.test(text) ? scalar(false, at) : undefined;
    },
  ],
  [
    'int',
    ([value], { at }) => {
      if (numberIn(value) !== undefined) return value;
      const text = textIn(value);
      return text !== undefined && /^-?\d{1,15}$/.test(text) ? scalar(Number(text), at) : undefined;
    },
  ],
];
