import { escaped, unseen } from '#model/unseen.js';

/** A name or text of the user's, made safe to print: invisible characters are spelled out, at most `limit` characters. */
export function visible(text: string, limit = 60): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return short.replace(unseen, escaped);
}

/** A value of the user's as it may appear in a message: `"bedrok"`, `12`, `a list`. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${visible(value)}"`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'a map';
  return visible(String(value));
}

/** `a`, `a or b`, `a, b or c`. */
export function orList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} or ${last}`;
}
