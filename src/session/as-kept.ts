import { canonicalJson } from '#evidence/index.js';

/**
 * One text for all values that are the same once they were written to a bundle and read again: without what is undefined, whatever the
 * order of keys. `change` is what `JSON.stringify` is told to write in the place of a value.
 */
export function asKept(value: unknown, change?: (key: string, value: unknown) => unknown): string {
  const text = JSON.stringify(value, change) ?? 'null';
  return canonicalJson(JSON.parse(text, /\\ud[89a-f]/.test(text) ? wholePairs : undefined));
}

/** A name may hold half of a surrogate pair, which canonical JSON has not. */
const wholePairs = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/\p{Cs}/gu, '\ufffd') : value;
