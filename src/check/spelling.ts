import type { Text } from '#model/value.js';
import { openPart } from './equality.js';
import { type Outcome, unknown } from './outcome.js';

/**
 * Every spelling that stands for a partly known string, or undefined when a part may be anything. Only parts of one shape
 * have stand-ins, so a predicate that gives the same answer for all of them gives it for the string.
 */
export function spellings(text: Text): readonly string[] | undefined {
  let spelt = [''];
  for (const part of text.parts) {
    const options = typeof part === 'string' ? [part] : part.kind === 'unknown' ? part.samples : undefined;
    if (!options) return undefined;
    spelt = spelt.flatMap((start) => options.map((option) => start + option));
    if (spelt.length > 64) return undefined;
  }
  return spelt;
}

/** How a partly known string may begin, up to the first part that may be anything; and whether that is all of it. */
export function beginningsOf(text: Text): { spelt: readonly string[]; isWhole: boolean } {
  const open = text.parts.findIndex((part) => typeof part !== 'string' && !(part.kind === 'unknown' && part.samples));
  const isWhole = open < 0;
  return { spelt: spellings(isWhole ? text : { ...text, parts: text.parts.slice(0, open) }) ?? [], isWhole };
}

/** Judges a partly known string by its spellings; unknown where they disagree or there are none. */
export function bySpelling(text: Text, judge: (spelling: string) => Outcome): Outcome {
  const outcomes = spellings(text)?.map(judge) ?? [];
  const [first] = outcomes;
  if (first && outcomes.every((outcome) => outcome.verdict === first.verdict)) return first;
  return unknown(text.at, openPart(text));
}
