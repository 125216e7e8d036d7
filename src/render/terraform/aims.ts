import type { Condition, Expectation } from '#model/requirement.js';

/** An argument a requirement asks something of. */
export interface Aim {
  type: string;
  path: readonly string[];
  /** One resource of the type is enough, so another says nothing. */
  isOneOf: boolean;
  /** Types of the resources it is asked for: a relation to what is not there says nothing. */
  askedOf: readonly string[];
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

const groups = new Set(['any-of', 'all-of', 'none-of']);
const relations = new Set(['related', 'no-related']);
const noPaths = new Set(['strings', 'says']);

function inCondition(
  types: readonly string[],
  condition: Condition,
  isOneOf: boolean,
  askedOf: readonly string[] = types,
): Aim[] {
  return Object.entries(condition).flatMap(([key, value]): Aim[] => {
    if (noPaths.has(key)) return [];
    if (groups.has(key))
      return (value as readonly Condition[]).flatMap((each) => inCondition(types, each, isOneOf, askedOf));
    if (relations.has(key)) return [value].flat().flatMap((each) => inRelation(each as Relation, isOneOf, askedOf));
    return types.map((type) => ({ type, path: stepsOf(key), isOneOf, askedOf }));
  });
}

function inRelation({ type, by, must = {} }: Relation, isOneOf: boolean, askedOf: readonly string[]): Aim[] {
  const named = by === undefined ? [] : [{ type, path: stepsOf(by), isOneOf, askedOf }];
  return [...named, ...inCondition([type], must, isOneOf, askedOf)];
}

const stepsOf = (path: string): string[] => path.replaceAll('[*]', '').split('.');
