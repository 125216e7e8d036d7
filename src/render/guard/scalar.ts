import { Unsayable } from '../formula/formula.js';

/** A Guard string. Guard reads no escape for the quote that ends it, so a text with both quotes cannot be written. */
export function quoted(text: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw new Unsayable('holds a text with control characters');
  if (text.includes('\\')) throw new Unsayable('holds a text with a backslash');
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  throw new Unsayable('holds a text with both kinds of quotes');
}

/** A regular expression; JavaScript's are Guard's but for the slash that ends one. */
export function pattern(source: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(source)) throw new Unsayable('holds a pattern with control characters');
  return `/${source.replace(/\\.|\//gs, (each) => (each === '/' ? '\\/' : each))}/`;
}

/** Texts as one expression. */
export const alternatives = (texts: readonly unknown[]): string =>
  texts.map((text) => String(text).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');

/**
 * One of some scalars. CloudFormation takes `"true"` for `true` and `"90"` for `90`, which are different things to Guard.
 */
export function listed(scalars: readonly unknown[]): string {
  const spellings = scalars.flatMap((scalar): string[] => {
    if (typeof scalar === 'boolean') {
      const word = String(scalar);
      return [word, ...[word, `${word[0]?.toUpperCase()}${word.slice(1)}`].map(quoted)];
    }
    if (typeof scalar === 'number') return [number(scalar), quoted(String(scalar))];
    const text = String(scalar);
    if (text === 'true' || text === 'false' || /^(0|[1-9][0-9]{0,14})$/.test(text)) return [text, quoted(text)];
    return [quoted(text)];
  });
  return `[${[...new Set(spellings)].join(', ')}]`;
}

/** Guard tells whole numbers from others and compares neither with the other. */
export function number(value: unknown): string {
  if (!Number.isSafeInteger(value)) throw new Unsayable('compares with a number that is not whole');
  return String(value);
}

/** A key of a query. */
export const key = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quoted(name));
