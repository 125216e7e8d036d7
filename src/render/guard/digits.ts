import { number } from './scalar.js';

// CloudFormation takes "90" for 90; Guard compares numbers with numbers only, so a number written as a text is compared by its
// digits.

/** Texts of whole numbers that are at least as large; none where the limit is negative. */
export const digitsAtLeast = (limit: unknown): string => {
  const digits = digitsOf(limit);
  const longer = `[1-9][0-9]{${digits.length},}`;
  return spelling([
    longer,
    digits,
    ...digits.split('').flatMap((digit, at) => differing(digits, at, Number(digit) + 1, 9)),
  ]);
};

/** Texts of whole numbers that are at most as large. */
export const digitsAtMost = (limit: unknown): string => {
  const digits = digitsOf(limit);
  const shorter = digits.length > 1 ? [`[0-9]{1,${digits.length - 1}}`] : [];
  return spelling([
    ...shorter,
    digits,
    ...digits.split('').flatMap((digit, at) => differing(digits, at, 0, Number(digit) - 1)),
  ]);
};

const digitsOf = (limit: unknown): string => number(Math.max(0, Number(number(limit))));

const spelling = (numbers: readonly string[]): string => `^0*(${numbers.join('|')})$`;

/** Numbers of the same length that first differ at one place, having a digit of a range there. */
function differing(digits: string, at: number, from: number, to: number): string[] {
  if (from > to) return [];
  const rest = digits.length - at - 1;
  return [`${digits.slice(0, at)}${from === to ? from : `[${from}-${to}]`}${rest > 0 ? `[0-9]{${rest}}` : ''}`];
}
