import type { Resource } from '#model/resource.js';
import { openChoice, plainWorld, type Value } from '#model/value.js';
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
