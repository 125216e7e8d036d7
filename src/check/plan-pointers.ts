import type { Manifest, Resource } from '#model/resource.js';
import type { Value } from '#model/value.js';
import type { Context } from './context.js';
import { follow } from './path.js';
import { referenceOf } from './referent.js';

/** Resources of one type by what one of their properties names. */
interface Pointers {
  byAddress: ReadonlyMap<string, readonly Resource[]>;
  byName: ReadonlyMap<string, readonly Resource[]>;
  /** Made from a resource of this type, which may itself name another: `bucket = aws_s3_bucket_policy.p.bucket`. */
  byType: ReadonlyMap<string, readonly Resource[]>;
  open: readonly Resource[];
}

const known = new WeakMap<Manifest, Map<string, Pointers>>();

/**
 * Which resources of a type point at `here` by the property `by`, and which may. For manifests without conditions only:
 * each property is read once, since a plan of thousands of resources would otherwise be read for each of them.
 */
export function pointersTo(
  here: Resource,
  names: readonly Value[],
  type: string,
  by: string,
  context: Context,
): { yes: ReadonlySet<Resource>; maybe: ReadonlySet<Resource> } {
  const { byAddress, byName, byType, open } = pointersOf(here.manifest, type, by, context);
  const yes = new Set(byAddress.get(here.address));
  for (const name of names) if (name.kind === 'scalar') addAll(yes, byName.get(String(name.value)) ?? []);
  const maybe = new Set(open);
  for (const [made, resources] of byType) if (made !== here.type) addAll(maybe, resources);
  // Any name another resource spells out may turn out to be one that is not known yet.
  if (names.some((name) => name.kind === 'unknown')) for (const resources of byName.values()) addAll(maybe, resources);
  for (const each of yes) maybe.delete(each);
  return { yes, maybe };
}

function addAll(set: Set<Resource>, resources: readonly Resource[]): void {
  for (const each of resources) set.add(each);
}

function pointersOf(manifest: Manifest, type: string, by: string, context: Context): Pointers {
  const all = known.get(manifest) ?? new Map<string, Pointers>();
  known.set(manifest, all);
  const key = `${type} ${by}`;
  let pointers = all.get(key);
  if (!pointers) {
    pointers = read(manifest, type, by, context);
    all.set(key, pointers);
  }
  return pointers;
}

function read(manifest: Manifest, type: string, by: string, context: Context): Pointers {
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
