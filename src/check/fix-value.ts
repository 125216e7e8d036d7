import type { Scalar, Wanted } from '#model/fix.js';
import type { Requirement } from '#model/requirement.js';
import type { Resource } from '#model/resource.js';
import { fromJson, openChoice, plainWorld, type Value } from '#model/value.js';
import { type Each, expectationsOf } from './check.js';
import { type Context, RequirementFault, resolve } from './context.js';
import { saying, wanting } from './describe.js';
import { engine } from './engine.js';
import { type Step, stepsOf } from './path.js';

/** Keys of a condition that are no paths. */
const notPaths: ReadonlySet<string> = new Set([
  ...['any-of', 'all-of', 'none-of', 'related', 'no-related', 'strings', 'attributes'],
]);

/**
 * What has to be written so that a resource meets a requirement, or why that is not known. The value comes from the
 * requirement's own expectation and only where that leaves no choice: a literal or a setting of the plan under `equals`, the
 * bound itself where the bound is a setting, an item under `some`. One part that leaves a choice leaves all of it to people.
 */
export function wantedOf(resource: Resource, requirement: Requirement, plain: Context): readonly Wanted[] | string {
  if (requirement.fix === 'none') return 'the requirement leaves this to people';
  try {
    const properties = resource.properties(plainWorld);
    const wanted: Wanted[] = [];
    for (const expectation of expectationsOf(
      requirement,
      resource.language,
      resource.type,
      resource.partOf !== undefined,
    )) {
      const applies = expectation.where ? engine.condition(properties, expectation.where, plain).verdict : 'pass';
      if (applies === 'fail') continue;
      if (applies === 'unknown') return 'whether the requirement speaks of it is not settled';
      const found = ofExpectation(expectation, properties, resource.at, plain);
      if (typeof found === 'string') return found;
      wanted.push(...found);
    }
    return wanted.length > 0 ? wanted : 'nothing in it can be written';
  } catch (thrown) {
    if (thrown === openChoice) return 'it depends on a condition or a parameter';
    throw thrown;
  }
}

function ofExpectation({ must }: Each, properties: Value, from: number, context: Context): Wanted[] | string {
  const wanted: Wanted[] = [];
  for (const [path, predicate] of Object.entries(must)) {
    const { verdict } = engine.condition(properties, { [path]: predicate }, context);
    if (verdict === 'pass') continue;
    if (verdict === 'unknown') return `${path} is not known before deployment`;
    if (notPaths.has(path)) return 'there are several ways to meet it';
    for (const place of placesOf(properties, stepsOf(path), from)) {
      const outcome = engine.predicate(place.value, predicate, context).verdict;
      if (outcome === 'pass') continue;
      const value = outcome === 'fail' ? oneValue(place, predicate, context) : undefined;
      if (value === undefined) return `${path} has no one right value`;
      wanted.push({ from: place.from, path: place.path, property: place.property, ...value });
    }
  }
  return wanted;
}

interface Place {
  from: number;
  path: readonly string[];
  /** From the resource, as people read it. */
  property: string;
  value: Value;
  /** Set for a path that ends in the middle of nothing: an item of a list that is not there. */
  isNowhere?: true;
}

/** Where a path leads, each place by the keys from the nearest object that can be found in the text. */
function placesOf(base: Value, steps: readonly Step[], from: number): Place[] {
  let places: Place[] = [{ from, path: [], property: '', value: base }];
  for (const { key } of steps) {
    places = places.flatMap((place): Place[] => {
      const { value } = place;
      if (key !== undefined) {
        const property = place.property === '' ? key : `${place.property}.${key}`;
        return [{ ...place, path: [...place.path, key], property, value: member(value, key) }];
      }
      if (value.kind !== 'list' || value.items.length === 0) return [{ ...place, isNowhere: true }];
      return value.items.map((item, index) => {
        return { from: item.at, path: [], property: `${place.property}[${index}]`, value: item };
      });
    });
  }
  return places;
}

function member(value: Value, key: string): Value {
  if (value.kind === 'dict') return value.get(key);
  return value.kind === 'unknown' || value.kind === 'absent' ? value : { kind: 'absent', at: value.at };
}

/** The one value that meets a predicate a place does not; undefined where there is none or a choice. */
function oneValue(
  { value, path, isNowhere }: Place,
  predicate: unknown,
  context: Context,
): { set: Scalar } | { add: Scalar } | undefined {
  if (isNowhere || path.length === 0 || (value.kind === 'scalar' && value.sensitive)) return undefined;
  if (value.kind === 'absent' || value.kind === 'scalar') {
    const set = named(predicate, context);
    if (set !== undefined && meets(set, predicate, context)) return { set };
  }
  if (value.kind === 'absent' || (value.kind === 'list' && !value.open)) {
    const add = item(predicate, context);
    if (add !== undefined && meets([add], predicate, context)) return { add };
  }
  return undefined;
}

const meets = (value: unknown, predicate: unknown, context: Context): boolean =>
  engine.predicate(fromJson(value, 0), predicate, context).verdict === 'pass';

/** The scalar a predicate names. Where a property may be absent too, what it may be when it is written is the one value. */
function named(predicate: unknown, context: Context): Scalar | undefined {
  const found = new Set<Scalar>();
  for (const [name, argument] of Object.entries(predicate as object)) {
    const scalar = ofOne(name, argument, context);
    if (scalar !== undefined) found.add(scalar);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function ofOne(name: string, argument: unknown, context: Context): Scalar | undefined {
  switch (name) {
    case 'equals':
      return isWritten(argument) ? scalar(resolve(argument, context)) : undefined;
    case 'in':
      return Array.isArray(argument) ? spelling(argument) : undefined;
    case 'at-least':
    case 'at-most':
      // A bound that is a literal allows every value beyond it; one that is a setting is the plan's value itself.
      return isSetting(argument) ? scalar(resolve(argument, context)) : undefined;
    case 'absent-or':
    case 'unset-or':
      return named(argument, context);
    case 'all': {
      const found = new Set((argument as unknown[]).map((part) => named(part, context)));
      found.delete(undefined);
      return found.size === 1 ? [...found][0] : undefined;
    }
    default:
      return undefined;
  }
}

/** The item a list must hold. */
function item(predicate: unknown, context: Context): Scalar | undefined {
  const entries = Object.entries(predicate as object).filter(([key]) => key !== saying && key !== wanting);
  const [name, argument] = entries[0] ?? [];
  if (entries.length !== 1 || name !== 'some' || typeof argument !== 'object' || argument === null) return undefined;
  try {
    return named(argument, context);
  } catch (thrown) {
    if (thrown instanceof RequirementFault) return undefined;
    throw thrown;
  }
}

/** Values that differ in their case only are one value, in the spelling named first. */
function spelling(values: readonly unknown[]): Scalar | undefined {
  const [first] = values;
  const isOne = values.every((value) => String(value).toLowerCase() === String(first).toLowerCase());
  return isOne ? scalar(first) : undefined;
}

const scalar = (value: unknown): Scalar | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;

const isSetting = (argument: unknown): boolean =>
  typeof argument === 'object' && argument !== null && 'setting' in argument;

/** A literal or a setting; what comes of the boundary (places, partitions) is not a matter of one property. */
const isWritten = (argument: unknown): boolean => typeof argument !== 'object' || isSetting(argument);
