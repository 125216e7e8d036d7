import { canonicalJson } from '#evidence/index.js';

/**
 * One text for all values that are the same once they were written to a bundle and read again: without what is undefined, whatever the
 * order of keys. `change` is what `JSON.stringify` is told to write in the place of a value.
 */
export const asKept = (value: unknown, change?: (key: string, value: unknown) => unknown): string =>
  canonicalJson(value === undefined ? null : JSON.parse(JSON.stringify(value, change)));
