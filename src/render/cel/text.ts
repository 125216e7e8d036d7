import { escaped, unseen } from '#model/unseen.js';
import { Unsayable } from '../formula/formula.js';

/** A CEL string. JSON's escapes are CEL's; what cannot be seen is escaped too. */
export const quoted = (text: string): string => JSON.stringify(text).replace(unseen, escaped);

export function scalar(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (Number.isSafeInteger(value)) return String(value);
  throw new Unsayable('compares with a number that is not whole');
}

/** A regular expression of RE2, which knows no look-around. */
export function pattern(source: string): string {
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]/.test(source)) throw new Unsayable('asks for a pattern that RE2 cannot read');
  return quoted(source);
}

/** Texts as one expression. */
export const alternatives = (texts: readonly unknown[]): string =>
  texts.map((text) => String(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
