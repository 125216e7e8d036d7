import type { Condition } from '#model/requirement.js';

/** Azure ignores the case of resource types; in the other languages no two types differ by it alone. */
export const typeKey = (type: string): string => type.toLowerCase();

export const sameType = (left: string, right: string): boolean => typeKey(left) === typeKey(right);

/**
 * Whether a condition may pick resources of a type at all. Where it wants types that begin with a word, or are of a form, the type
 * alone tells, and need not be asked of each of ten thousand resources.
 */
export function mayPick(where: Condition | undefined, type: string): boolean {
  const { 'starts-with': start, matches } = (where?.['resource-type'] ?? {}) as Record<string, unknown>;
  if (typeof start === 'string' && !type.startsWith(start.split('{')[0] as string)) return false;
  return typeof matches !== 'string' || patternOf(matches)?.test(type) !== false;
}

/** A pattern with a fault picks all, so that the fault is told where it is judged. */
function patternOf(matches: string): RegExp | undefined {
  try {
    return new RegExp(matches, 'u');
  } catch {
    return undefined;
  }
}
