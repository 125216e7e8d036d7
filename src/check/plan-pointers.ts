import type { Manifest, Resource } from '#model/resource.js';
import type { Value } from '#model/value.js';
import type { Context } from './context.js';
import { follow, type Step } from './path.js';
import { namesOf, type Pointing, type Relation } from './pointers.js';
import { referenceOf } from './referent.js';

/** Resources of one type by what one of their properties names. */
interface Pointers {
  byAddress: ReadonlyMap<string, readonly Resource[]>;
  byName: ReadonlyMap<string, readonly Resource[]>;
  /** Made from a resource of this type, which may itself name another: `bucket = aws_s3_bucket_policy.p.bucket`. */
  byType: ReadonlyMap<string, readonly Resource[]>;
  open: readonly Resource[];
}

/** Manifest → type → property; each path is taken apart into the same steps wherever it is asked for. */
const known = new WeakMap<Manifest, Map<string, Map<readonly Step[], Pointers>>>();

/**
 * Which resources of a type point at `here` by the property `by`, for certain first, and which may. For manifests without conditions
 * only: each property is read once, since a plan of thousands of resources would otherwise be read for each of them.
 */
export function pointersTo(type: string, relation: Relation, here: Resource, context: Context): readonly Pointing[] {
  if (context.ofType(here.manifest, type).length === 0) return [];
  const { byAddress, byName, byType, open } = pointersOf(here.manifest, type, relation.by, context);
  const names = namesOf(here, relation, context);
  // Most resources have those that refer to them, and nobody else comes into question.
  const isNamed = byName.size > 0 && names.some((name) => mayBeIn(byName, name));
  if (!isNamed && open.length === 0 && isOnly(byType, here.type)) return certain(byAddress.get(here.address));
  const found = new Map<Resource, Pointing>();
  const add = (resources: readonly Resource[] | undefined, isCertain: boolean): void => {
    for (const other of resources ?? nobody) if (!found.has(other)) found.set(other, { other, isCertain });
  };
  add(byAddress.get(here.address), true);
  for (const name of names) if (name.kind === 'scalar') add(byName.get(String(name.value)), true);
  add(open, false);
  for (const [made, resources] of byType) if (made !== here.type) add(resources, false);
  // Any name another resource spells out may turn out to be one that is not known yet.
  if (byName.size > 0 && names.some(({ kind }) => kind === 'unknown'))
    for (const resources of byName.values()) add(resources, false);
  return [...found.values()];
}

const nobody: readonly Resource[] = [];

const mayBeIn = (byName: Pointers['byName'], name: Value): boolean =>
  name.kind === 'unknown' || (name.kind === 'scalar' && byName.has(String(name.value)));

const isOnly = (byType: Pointers['byType'], type: string): boolean =>
  byType.size === 0 || (byType.size === 1 && byType.has(type));

/** A resource that points by several items of a list does so once. */
function certain(resources: readonly Resource[] = nobody): readonly Pointing[] {
  const found: Pointing[] = [];
  for (const other of resources) if (found.at(-1)?.other !== other) found.push({ other, isCertain: true });
  return found;
}

function pointersOf(manifest: Manifest, type: string, by: readonly Step[], context: Context): Pointers {
  let ofManifest = known.get(manifest);
  if (!ofManifest) {
    ofManifest = new Map();
    known.set(manifest, ofManifest);
  }
  let ofType = ofManifest.get(type);
  if (!ofType) {
    ofType = new Map();
    ofManifest.set(type, ofType);
  }
  let pointers = ofType.get(by);
  if (!pointers) {
    pointers = read(manifest, type, by, context);
    ofType.set(by, pointers);
  }
  return pointers;
}

function read(manifest: Manifest, type: string, by: readonly Step[], context: Context): Pointers {
  const byAddress = new Map<string, Resource[]>();
  const byName = new Map<string, Resource[]>();
  const byType = new Map<string, Resource[]>();
  const open: Resource[] = [];
  for (const other of context.ofType(manifest, type)) {
    for (const value of follow(other.properties(context.world), by)) {
      const reference = referenceOf(value);
      if (reference) {
        put(byAddress, reference.to, other);
        put(byType, context.find(manifest, reference.to)?.type ?? '', other);
      } else if (value.kind === 'scalar' && value.value !== '') put(byName, String(value.value), other);
      else if (value.kind === 'unknown' || value.kind === 'text') open.push(other);
    }
  }
  return { byAddress, byName, byType, open };
}

function put(map: Map<string, Resource[]>, key: string, resource: Resource): void {
  const list = map.get(key);
  if (list) list.push(resource);
  else map.set(key, [resource]);
}
