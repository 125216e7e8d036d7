import type { Scalar } from '#model/fix.js';
import { plainScalar } from '../yaml/scalar.js';

export type Quotes = 'none' | 'single' | 'double';

/** A scalar as it is written, and as it is read again. */
export interface Spelt {
  text: string;
  value: Scalar;
}

/** Words that mean themselves without quotes, wherever they stand. */
const plain = /^[A-Za-z](?:[\w./:-]*[\w/-])?$/;

export function spell(value: Scalar, quotes: Quotes): Spelt {
  if (quotes === 'single') return { text: `'${String(value).replaceAll("'", "''")}'`, value: String(value) };
  if (quotes === 'double') return { text: JSON.stringify(String(value)), value: String(value) };
  if (typeof value !== 'string') return { text: String(value), value };
  const isPlain = plain.test(value) && plainScalar(value) === value;
  return { text: isPlain ? value : JSON.stringify(value), value };
}

/** A key as it is written: JSON wants quotes around all of them. */
export const spellKey = (key: string, isJson: boolean): string => spell(key, isJson ? 'double' : 'none').text;

/** Objects of Kubernetes whose values are strings: `true` without quotes is refused there. */
const ofStrings: ReadonlySet<string> = new Set([
  'annotations',
  'labels',
  'matchLabels',
  'nodeSelector',
  'parameters',
  'data',
]);

export const holdsStrings = (key: string | number | undefined): boolean =>
  typeof key === 'string' && ofStrings.has(key);
