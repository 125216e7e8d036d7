import { describe, ownWords } from './describe.js';

/** Whether a part of a requirement holds of what it was judged on, in the world it was judged in. */
type Holds = (part: unknown) => boolean;

/**
 * What is said of a condition that holds and must not: its own words, or those of the alternative that holds, or the
 * words given, put around what that alternative asks.
 */
export function held(condition: unknown, holds: Holds, around: (asked: string) => string): string {
  const own = ownWords(condition);
  if (own !== undefined) return own;
  const met = alternatives(condition)?.find(holds) ?? condition;
  return ownWords(met) ?? whatIsSet(met) ?? around(describe(met));
}

function alternatives(condition: unknown): readonly unknown[] | undefined {
  const listed = typeof condition === 'object' && condition !== null && 'any-of' in condition && condition['any-of'];
  return Array.isArray(listed) ? listed : undefined;
}

/** Most often what must not be is a property that is set. */
function whatIsSet(condition: unknown): string | undefined {
  const [only, ...more] = Object.entries(condition as object);
  if (!only || more.length > 0) return undefined;
  const [path, predicate] = only;
  const isSet = typeof predicate === 'object' && predicate !== null && predicate.present === true;
  return isSet ? `${path} is set; must be absent` : undefined;
}
