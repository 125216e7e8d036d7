import type { Condition, Expectation } from '#model/requirement.js';

/** An argument a requirement asks something of. */
export interface Aim {
  type: string;
  path: readonly string[];
  /** One resource of the type is enough, so another says nothing. */
  isOneOf: boolean;
}

/** The arguments some expectations speak of. */
export const aimsOf = (expectations: readonly Expectation[], kind: string): Aim[] =>
  expectations.flatMap((expectation) => {
    if ('each' in expectation) return inCondition(typesOf(expectation.each), expectation.must, false);
    const isAsked = !expectation.kinds || expectation.kinds.some((each) => each === kind);
    return isAsked && expectation.must ? inCondition(typesOf(expectation.exists), expectation.must, true) : [];
  });

const typesOf = (types: string | readonly string[]): readonly string[] => (typeof types === 'string' ? [types] : types);

interface Relation {
  type: string;
  by?: string;
  must?: Condition;
}

/** Words of a condition that are no paths. What must not be there has no line. */
const passedOver = new Set(['strings', 'says', 'none-of', 'no-related']);

function inCondition(types: readonly string[], condition: Condition, isOneOf: boolean): Aim[] {
  return Object.entries(condition).flatMap(([key, value]): Aim[] => {
    if (key === 'any-of' || key === 'all-of')
      return (value as readonly Condition[]).flatMap((each) => inCondition(types, each, isOneOf));
    if (key === 'related') return [value].flat().flatMap((each) => inRelation(each as Relation, isOneOf));
    if (passedOver.has(key)) return [];
    const path = key.replaceAll('[*]', '').split('.');
    return types.map((type) => ({ type, path, isOneOf }));
  });
}

function inRelation({ type, by, must = {} }: Relation, isOneOf: boolean): Aim[] {
  const named = by === undefined ? [] : [{ type, path: by.replaceAll('[*]', '').split('.'), isOneOf }];
  return [...named, ...inCondition([type], must, isOneOf)];
}
