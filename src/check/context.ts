import type { BoundaryData } from '#model/base.js';
import type { Manifest, Resource } from '#model/resource.js';
import { type SettingValue, settingAs } from '#model/setting.js';
import type { Dict, Value, World } from '#model/value.js';
import type { Offered } from './offers.js';
import type { Outcome } from './outcome.js';

/** Where things may be. */
export interface Bounds {
  partition: string;
  regions: readonly string[];
  /** Its accounts: its own first, those it trusts, and those AWS itself acts from. Undefined where its own is not known. */
  accounts?: readonly string[];
}

/** What judging needs to know beside the value. */
export interface Context {
  world: World;
  /** Undefined for live observations. */
  resource: Resource | undefined;
  settings: Readonly<Record<string, SettingValue>>;
  boundary: Bounds;
  nvmeFamilies: BoundaryData['nvmeFamilies'];
  /** What regions are known to have; predicates that need it throw without. */
  offers?: Offered | undefined;
  /** Where resources of other clouds may be. */
  clouds?: BoundaryData['clouds'] | undefined;
  /** Set where passes are only counted: looking up the places they rest on takes a tenth of the time. */
  passes?: 'counted' | undefined;
  /** Set while somebody wants to know what a judgement rests on. */
  watch?: Watch | undefined;
  /** Set while a requirement that looks for secrets is judged: no value it finds is quoted. */
  secret?: true | undefined;
  /** Resources of a type in the manifest of `resource`. */
  ofType(manifest: Manifest, type: string): readonly Resource[];
  find(manifest: Manifest, address: string): Resource | undefined;
  /** True where no manifest that is judged has a resource of a type: the same for whatever resource is asked about. */
  isNowhere(type: string): boolean;
}

/** What judging any resource of some manifests needs to know. */
export type Shared = Omit<Context, 'world' | 'resource'>;

/**
 * The context of one resource. Its fields are written out: thousands are made, and to spread so many into another shape takes fifty
 * times as long.
 */
export const contextOf = (
  shared: Shared,
  resource: Context['resource'],
  world: World,
  secret = shared.secret,
  watch = shared.watch,
): Context => ({
  world,
  resource,
  settings: shared.settings,
  boundary: shared.boundary,
  nvmeFamilies: shared.nvmeFamilies,
  offers: shared.offers,
  clouds: shared.clouds,
  passes: shared.passes,
  watch,
  secret,
  ofType: shared.ofType,
  find: shared.find,
  isNowhere: shared.isNowhere,
});

/** Told what a judgement reads. */
export interface Watch {
  /** The properties it begins with. */
  begins(root: Dict): void;
  /** A path from an object, which may be those. */
  reads(base: Value, path: string): void;
  /** Those properties, of which nothing but some paths is read; undefined before the judgement began. */
  given(...paths: readonly string[]): Dict | undefined;
  /** It looks at more than the paths it names. */
  looksElsewhere(): void;
}

/** A part of a requirement made ready: what it says of a value. For a condition, that is the object its paths start from. */
export type Test = (value: Value, context: Context) => Outcome;

/**
 * A predicate: makes ready what a requirement gives it as its argument. Requirements are few and judged often, so what can be
 * worked out from the argument alone is worked out here. A fault thrown here is a fault whenever the test is put to something.
 */
export type Predicate = (argument: unknown, engine: Engine) => Test;

/** The way back from a predicate into the engine, so that predicates need not import it. Parts with a fault throw it when they judge. */
export interface Engine {
  predicate(part: unknown): Test;
  condition(part: unknown): Test;
  /** What a list predicate says of each item: a predicate, or a condition when the items are objects. */
  item(part: unknown): Test;
}

/** A mistake in a requirement file, found while judging. */
export class RequirementFault extends Error {
  override readonly name = 'RequirementFault';
}

/**
 * An argument, with `{setting: id}`, `{setting: id, as: years}`, `{boundary: partition|regions}` and `{locations: cloud}` replaced by their
 * values. Where the boundary is in that cloud, its regions are the locations: the rest of the cloud is outside.
 */
export function resolve(argument: unknown, context: Context): unknown {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument)) return argument;
  const { setting, as, boundary, locations } = argument as Readonly<Record<string, unknown>>;
  if (typeof setting === 'string') {
    const value = context.settings[setting];
    if (value === undefined) throw new RequirementFault(`setting ${setting} has no value`);
    return settingAs(value, as);
  }
  if (boundary === 'partition') return context.boundary.partition;
  if (boundary === 'regions') return context.boundary.regions;
  if (typeof locations === 'string') {
    const cloud = context.clouds?.find((each) => each.id === locations);
    if (!cloud) throw new RequirementFault(`the locations of ${locations} are not known`);
    return (context.boundary.partition === cloud.id ? context.boundary.regions : cloud.locations).flatMap(spellings);
  }
  return argument;
}

/** Azure takes a location by its name and as people write it: `usgovvirginia`, `US Gov Virginia`. */
function spellings(location: string): readonly string[] {
  const [, part, rest = ''] = /^us(gov|dod)([a-z])/.exec(location) ?? [];
  if (part === undefined) return [location];
  return [location, `US ${part === 'gov' ? 'Gov' : 'DoD'} ${rest.toUpperCase()}${location.slice(6)}`];
}

type ScalarArgument = string | number | boolean;

/** The scalars an argument stands for. Those it spells out are the same in every context. */
export function scalars(argument: unknown): (context: Context) => readonly ScalarArgument[] {
  const listed = Array.isArray(argument) ? argument : [argument];
  if (listed.every(isScalar)) return () => listed;
  return (context) => {
    const value = resolve(argument, context);
    const items = Array.isArray(value) ? value : [value];
    return items.map((item) => {
      const scalar = resolve(item, context);
      if (!isScalar(scalar)) throw new RequirementFault(`a scalar is needed, not ${JSON.stringify(item)}`);
      return scalar;
    });
  };
}

const isScalar = (value: unknown): value is ScalarArgument =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
