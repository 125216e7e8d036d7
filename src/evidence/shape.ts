import { RampartError } from '#model/error.js';
import { quote } from './member-path.js';

/** A value that is not what its place in a document demands. `at` is a path such as `$.keys[0].algorithm`. */
export const misshapen = (at: string, message: string): RampartError =>
  new RampartError('RAMPART_EVIDENCE_SHAPE', `${at} ${message}`, {
    exit: 'input',
    next: 'Correct it, or get it again from where it was made.',
  });

/** An object with exactly these keys: all of `required`, any of `optional`, none else. */
export const objectAt = (
  value: unknown,
  at: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw misshapen(at, 'must be an object');
  for (const key of required) if (!Object.hasOwn(value, key)) throw misshapen(at, `lacks ${key}`);
  for (const key of Object.keys(value)) {
    if (!required.includes(key) && !optional.includes(key)) throw misshapen(at, `has the unknown key ${show(key)}`);
  }
  return value as Readonly<Record<string, unknown>>;
};

export const listAt = (value: unknown, at: string, fewest: number, most: number): readonly unknown[] => {
  if (!Array.isArray(value)) throw misshapen(at, 'must be a list');
  if (value.length < fewest || value.length > most) {
    throw misshapen(at, `must have ${fewest} to ${most} items, not ${value.length}`);
  }
  return value;
};

/** A string that matches `pattern` as a whole (give the pattern anchors). `says` names the form for people. */
export const stringAt = (value: unknown, at: string, pattern: RegExp, says: string): string => {
  if (typeof value !== 'string' || !pattern.test(value)) throw misshapen(at, `must be ${says}`);
  return value;
};

export const integerAt = (value: unknown, at: string, least: number, most: number): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
    throw misshapen(at, `must be a whole number from ${least} to ${most}`);
  }
  return value;
};

export const booleanAt = (value: unknown, at: string): boolean => {
  if (typeof value !== 'boolean') throw misshapen(at, 'must be true or false');
  return value;
};

export const oneOfAt = <T extends string>(value: unknown, at: string, allowed: readonly T[]): T => {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw misshapen(at, `must be one of ${allowed.join(', ')}`);
  return found;
};

/** Exactly this value; for format names and versions. */
export const constantAt = (value: unknown, at: string, expected: string | number): void => {
  if (value !== expected) throw misshapen(at, `must be ${JSON.stringify(expected)}`);
};

export const digestAt = (value: unknown, at: string, bits: 256 | 384): string =>
  stringAt(value, at, bits === 256 ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{96}$/, `a SHA-${bits} in lower-case hex`);

/** A name that is safe in file names, tables and terminals. */
export const nameAt = (value: unknown, at: string): string =>
  stringAt(value, at, /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'a name of letters, digits, dots, dashes and underscores');

/** ISO 8601 in UTC, to the second or millisecond, and a day that exists. */
export const instantAt = (value: unknown, at: string): string => {
  const text = stringAt(
    value,
    at,
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
    'a time such as 2026-11-20T08:00:00Z',
  );
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw misshapen(at, 'is a time that does not exist');
  }
  return text;
};

const show = (text: string): string => quote(text.length > 60 ? `${text.slice(0, 60)}…` : text);
