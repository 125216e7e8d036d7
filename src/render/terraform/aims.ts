import type { Condition, Expectation } from '#model/requirement.js';

/** An argument a requirement asks something of. */
export interface Aim {
  /** `*`: of any type, or of those `isOf` picks. */
  type: string;
  isOf?: (type: string) => boolean;
  path: readonly string[];
  /** One resource of the type is enough, so another says nothing. */
  isOneOf: boolean;
  /** Types of the resources it is asked for: a relation to what is not there says nothing. */
  askedOf: readonly string[];
  /** Arguments a resource must not set, or nothing is asked of it. */
  unless?: readonly (readonly string[])[];
}

const known = new WeakMap<readonly Expectation[], Map<string, readonly Aim[]>>();

/** The arguments some expectations speak of; found once, though asked for every file. */
export function aimsOf(expectations: readonly Expectation[], kind: string): readonly Aim[] {
  const ofKinds = known.get(expectations) ?? new Map<string, readonly Aim[]>();
  known.set(expectations, ofKinds);
  const aims = ofKinds.get(kind) ?? aimsIn(expectations, kind);
  ofKinds.set(kind, aims);
  return aims;
}

const aimsIn = (expectations: readonly Expectation[], kind: string): Aim[] =>
  expectations.flatMap((expectation) => {
    // What some baselines or boundaries do not ask for serves nothing there.
    if (
      'each' in expectation &&
      expectation.where &&
      ('planned' in expectation.where || 'boundary' in expectation.where)
    )
      return [];
    if ('each' in expectation) {
      const unless = absentIn(expectation.where ?? {});
      const isOf = typeWanted(expectation.where ?? {});
      return inCondition(typesOf(expectation.each), expectation.must, false).map((aim) => ({ ...aim, unless, isOf }));
    }
    const isAsked = !expectation.kinds || expectation.kinds.some((each) => each === kind);
    return isAsked && expectation.must ? inCondition(typesOf(expectation.exists), expectation.must, true) : [];
  });

/** Paths a condition wants absent. */
const absentIn = (condition: Condition): (readonly string[])[] =>
  Object.entries(condition).flatMap(([path, predicate]) =>
    (predicate as { absent?: unknown }).absent === true ? [stepsOf(path)] : [],
  );

/** The types a condition on `resource-type` picks: by their beginning, by a pattern, or by both. */
function typeWanted({ 'resource-type': wanted }: Condition): (type: string) => boolean {
  const { 'starts-with': start, matches } = (wanted ?? {}) as { 'starts-with'?: unknown; matches?: unknown };
  const pattern = typeof matches === 'string' ? new RegExp(matches) : undefined;
  return (type) => (typeof start !== 'string' || type.startsWith(start)) && (pattern?.test(type) ?? true);
}

const typesOf = (types: string | readonly string[]): readonly string[] => (typeof types === 'string' ? [types] : types);

interface Relation {
  type: string;
  by?: string;
  must?: Condition;
}

/** Predicates over the items of a list or another predicate. */
const wrappers = new Set(['some', 'none', 'every', 'all', 'any', 'not', 'absent-or', 'unset-or']);
const groups = new Set(['any-of', 'all-of', 'none-of']);
const relations = new Set(['related', 'no-related']);
const noPaths = new Set(['strings', 'says', 'wants', 'planned', 'boundary', 'resource-type', 'attributes']);

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
    const paths = [stepsOf(key), ...inPredicate(stepsOf(key), value)];
    return types.flatMap((type) => paths.map((path) => ({ type, path, isOneOf, askedOf })));
  });
}

function inRelation({ type, by, must = {} }: Relation, isOneOf: boolean, askedOf: readonly string[]): Aim[] {
  const named = by === undefined ? [] : [{ type, path: stepsOf(by), isOneOf, askedOf }];
  return [...named, ...inCondition([type], must, isOneOf, askedOf)];
}

/** Paths asked for inside the blocks at a path. Words that are no arguments are never found, so they need not be told apart. */
function inPredicate(path: readonly string[], predicate: unknown): (readonly string[])[] {
  if (typeof predicate !== 'object' || predicate === null) return [];
  return Object.entries(predicate).flatMap(([key, value]) => {
    if (wrappers.has(key) || groups.has(key)) return [value].flat().flatMap((each) => inPredicate(path, each));
    if (noPaths.has(key) || Array.isArray(predicate)) return [];
    const inner = [...path, ...stepsOf(key)];
    return [inner, ...inPredicate(inner, value)];
  });
}

const stepsOf = (path: string): string[] => path.replaceAll('[*]', '').split('.');
