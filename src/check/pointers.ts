import { importedAs, type Manifest, type Resource } from '#model/resource.js';
import { openChoice, plainWorld, type Value, type World } from '#model/value.js';
import type { Context } from './context.js';
import { follow, type Step } from './path.js';

/** Other resources that point at one: `by` is the property that does, `as` the one that names this one literally. */
export interface Relation {
  types: readonly string[];
  by: readonly Step[];
  as: readonly Step[];
}

/** A resource that points here, for certain or perhaps. */
export interface Pointing {
  other: Resource;
  isCertain: boolean;
  /** The world of the other where it stands in another manifest: the conditions and parameters of that are its own. */
  world?: World;
}

/** What others may call a resource literally. */
export const namesOf = (here: Resource, { as }: Relation, context: Context): readonly Value[] =>
  as.length > 0 ? follow(here.properties(context.world), as) : [];

/** Resources that may point here, in the order of the manifest. */
export function pointers(type: string, relation: Relation, here: Resource, context: Context): readonly Resource[] {
  const all = context.ofType(here.manifest, type);
  // Only what depends on no choice is the same for every resource that asks.
  if (context.world !== plainWorld || all.length < 8) return all;
  const { named, open } = indexOf(all, relation);
  const found = new Set(open);
  for (const other of named.get(here.address) ?? []) found.add(other);
  for (const name of namesOf(here, relation, context)) {
    if (name.kind === 'scalar') for (const other of named.get(String(name.value)) ?? []) found.add(other);
    else if (name.kind !== 'absent') return all;
  }
  return [...found].sort((left, right) => left.at - right.at);
}

/** Resources of other manifests of the run that point here for certain: by an import, or by the literal name this one has. */
export function strangers(
  type: string,
  relation: Relation,
  here: Resource,
  names: readonly Value[],
  context: Context,
): readonly Pointing[] {
  const { manifest } = here;
  const all = manifest.inRun?.(type);
  if (!all) return nobody;
  const { named } = indexOf(all, relation);
  const spelt = names.flatMap((name) => (name.kind === 'scalar' ? String(name.value) : []));
  const found = new Set(named.get(importedAs(manifest, here.address)));
  // Where a template makes a thing of that name itself, that one is meant.
  for (const name of spelt)
    for (const other of named.get(name) ?? []) if (!makes(other.manifest, name, here, relation)) found.add(other);
  if (found.size === 0) return nobody;
  return [...found]
    .filter((other) => other.manifest !== manifest)
    .map((other) => ({ other, isCertain: true, world: worldOf(other.manifest, context.world) }));
}

const nobody: readonly never[] = [];

/** Whether a manifest makes a thing of that name itself, or may. */
function makes(manifest: Manifest, name: string, { type }: Resource, { as }: Relation): boolean {
  const kinds = made.get(manifest) ?? new Map<string, Made>();
  made.set(manifest, kinds);
  const key = `${type} ${as.map((step) => step.key ?? '*').join('.')}`;
  const known = kinds.get(key) ?? namesMade(manifest, type, as);
  kinds.set(key, known);
  return known.isOpen || known.names.has(name);
}

interface Made {
  names: ReadonlySet<string>;
  /** One of them has a name that depends on a choice. */
  isOpen: boolean;
}

const made = new WeakMap<Manifest, Map<string, Made>>();

function namesMade(manifest: Manifest, type: string, as: readonly Step[]): Made {
  const names = new Set<string>();
  for (const each of manifest.resources) {
    if (each.type !== type) continue;
    try {
      for (const own of follow(each.properties(plainWorld), as))
        if (own.kind === 'scalar') names.add(String(own.value));
    } catch (thrown) {
      if (thrown !== openChoice) throw thrown;
      return { names, isOpen: true };
    }
  }
  return { names, isOpen: false };
}

/** Where a stack goes is the same for all of one place. */
const shared = 'AWS::Region';

const worlds = new WeakMap<World, Map<Manifest, World>>();

/** The same world as another manifest sees it, which names its own choices alike. */
function worldOf(manifest: Manifest, world: World): World {
  if (world === plainWorld) return world;
  const known = worlds.get(world) ?? new Map<Manifest, World>();
  worlds.set(world, known);
  let made = known.get(manifest);
  if (!made) {
    made = {
      choose: (variable, options) =>
        world.choose(variable === shared ? variable : `${variable} of ${manifest.file}`, options),
    };
    known.set(manifest, made);
  }
  return made;
}

interface Pointers {
  /** By the address or the literal name they give. */
  named: Map<string, Resource[]>;
  /** Those whose pointer is open, or holds more than a name. */
  open: Resource[];
}

const indexes = new WeakMap<readonly Resource[], WeakMap<Relation, Pointers>>();

/** Who points where, worked out once: every bucket asks after the policies of all of them. */
function indexOf(all: readonly Resource[], relation: Relation): Pointers {
  let ofThese = indexes.get(all);
  if (!ofThese) {
    ofThese = new WeakMap();
    indexes.set(all, ofThese);
  }
  let index = ofThese.get(relation);
  if (!index) {
    index = { named: new Map(), open: [] };
    for (const other of all) enter(index, other, relation);
    ofThese.set(relation, index);
  }
  return index;
}

function enter(index: Pointers, other: Resource, relation: Relation): void {
  const under = (name: string): void => {
    const list = index.named.get(name);
    if (list) list.push(other);
    else index.named.set(name, [other]);
  };
  try {
    for (const value of follow(other.properties(plainWorld), relation.by)) {
      if (value.kind === 'reference') under(value.to);
      else if (value.kind === 'scalar') under(String(value.value));
      else if (value.kind === 'text' || value.kind === 'unknown') index.open.push(other);
    }
  } catch (thrown) {
    if (thrown !== openChoice) throw thrown;
    index.open.push(other);
  }
}
