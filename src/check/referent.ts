import type { Manifest, Resource } from '#model/resource.js';
import type { Reference, Value } from '#model/value.js';
import type { Context } from './context.js';

/** The reference a value is, or is made from. */
export function referenceOf(value: Value): Reference | undefined {
  if (value.kind === 'reference') return value;
  return value.kind === 'unknown' ? (value.from ?? undefined) : undefined;
}

/** Whether a value has the name, id or ARN of a resource of the manifest in it, as that will be once the resource is there. */
export function isNamed(value: Value): boolean {
  if (value.kind === 'text') return value.parts.some((part) => typeof part !== 'string' && isNamed(part));
  return referenceOf(value) !== undefined;
}

/**
 * The resource of the manifest a value names: by reference or, in a plan of what is already there, by a name, id or ARN
 * that only one resource of these types has.
 */
export function referent(value: Value, types: readonly string[], context: Context): Resource | undefined {
  const { resource } = context;
  const reference = referenceOf(value);
  if (reference) return resource && context.find(resource.manifest, reference.to);
  if (resource?.language !== 'terraform' || value.kind !== 'scalar' || typeof value.value !== 'string')
    return undefined;
  for (const type of types) {
    if (context.isNowhere(type)) continue;
    const named = namesOf(type, resource.manifest, context).get(value.value);
    if (named) return named;
  }
  return undefined;
}

/**
 * Whether an expression takes the id, ARN or version of a resource of another kind, and so names none of these types. What is called
 * after one of them, such as `aws_s3_bucket_policy`, often has the id of the thing it belongs to.
 */
export function namesAnother(value: Value, types: readonly string[], context: Context): boolean {
  const reference = referenceOf(value);
  if (!reference?.attribute || !own.has(reference.attribute)) return false;
  const target = context.resource && context.find(context.resource.manifest, reference.to);
  return target !== undefined && !types.some((type) => target.type === type || target.type.startsWith(`${type}_`));
}

const own = new Set(['id', 'arn', 'version']);

const identity = ['id', 'arn', 'key_id', 'name', 'bucket', 'identifier'];

const known = new WeakMap<Manifest, Map<string, ReadonlyMap<string, Resource | null>>>();

/** Names of all resources of a type; null for one that several have. */
function namesOf(type: string, manifest: Manifest, context: Context): ReadonlyMap<string, Resource | null> {
  const types = known.get(manifest) ?? new Map<string, ReadonlyMap<string, Resource | null>>();
  known.set(manifest, types);
  let names = types.get(type);
  if (!names) {
    names = namesIn(context.ofType(manifest, type), context);
    types.set(type, names);
  }
  return names;
}

function namesIn(resources: readonly Resource[], { world }: Context): ReadonlyMap<string, Resource | null> {
  const names = new Map<string, Resource | null>();
  for (const resource of resources) {
    const properties = resource.properties(world);
    for (const key of identity) {
      const value = properties.get(key);
      if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.value === '') continue;
      const other = names.get(value.value);
      names.set(value.value, other === undefined || other === resource ? resource : null);
    }
  }
  return names;
}
