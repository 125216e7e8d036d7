import { describe, ownWords } from './describe.js';

/** Whether a part of a requirement holds of what it was judged on, in the world it was judged in. */
type Holds = (part: unknown) => boolean;

/** How it is said where the requirement has no words for it: of one property that is `set`, and of anything else. */
interface Phrases {
  set(path: string): string;
  otherwise(asked: string): string;
}

/** What is said of a condition that holds and must not: its own words, or those of the alternative that holds, or a phrase. */
export function held(condition: unknown, holds: Holds, { set, otherwise }: Phrases): string {
  const met = ownWords(condition) === undefined ? (alternatives(condition)?.find(holds) ?? condition) : condition;
  const own = ownWords(met);
  if (own !== undefined) return own;
  const path = whatIsSet(met);
  return path === undefined ? otherwise(describe(met)) : set(path);
}

function alternatives(condition: unknown): readonly unknown[] | undefined {
  const listed = typeof condition === 'object' && condition !== null && 'any-of' in condition && condition['any-of'];
  return Array.isArray(listed) ? listed : undefined;
}

/** The path of the property, where all that must not be is that it is set. */
function whatIsSet(condition: unknown): string | undefined {
  const [only, ...more] = Object.entries(condition as object);
  if (!only || more.length > 0) return undefined;
  const [path, predicate] = only;
  const isSet = typeof predicate === 'object' && predicate !== null && predicate.present === true;
  return isSet ? path : undefined;
}
