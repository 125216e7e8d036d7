import { fromJson, type Text, type Value } from '#model/value.js';
import { openPart } from './equality.js';

/** Stands for any open part. */
const open = '\ue000';

/**
 * A JSON text whose open parts stand inside its strings; each string with one is unknown. What comes in may hold more than the string it
 * stands in, so that only what is wrong with the rest says something of the whole.
 */
export function knownPart(text: Text): Value | undefined {
  if (text.parts.some((part) => typeof part === 'string' && part.includes(open))) return undefined;
  const data = dataOf(text.parts.map((part) => (typeof part === 'string' ? part : open)).join(''));
  if (data === undefined || hasOpenKey(data)) return undefined;
  return fromJson(data, text.at, (value, at) =>
    typeof value === 'string' && value.includes(open)
      ? { kind: 'unknown', settledBy: openPart(text), at }
      : { kind: 'scalar', value, at },
  );
}

const hasOpenKey = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  Object.entries(data).some(([key, value]) => key.includes(open) || hasOpenKey(value));

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
