import { groupOf, isNamespaced, typeOf } from '../kubernetes/kinds.js';
import { Later, orUnknown } from '../kubernetes/later.js';
import type { KubernetesObject } from '../kubernetes/objects.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { treeOf } from './object-tree.js';
import type { PlannedResource } from './resource.js';
import { asText, member, objectsIn } from './shape.js';

/** Where the attributes of a resource that changes a part of an object are laid: attribute → path in the object. */
type Parts = Readonly<Record<string, readonly string[]>>;

/** A resource that changes a part of an object another one makes. */
interface Kind {
  parts: Parts;
  /** What it changes, where the resource itself does not say it. */
  of?: { apiVersion: string; kind: string };
}

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['kubernetes_labels', { parts: { labels: ['metadata', 'labels'] } }],
  [
    'kubernetes_annotations',
    {
      parts: {
        annotations: ['metadata', 'annotations'],
        template_annotations: ['spec', 'template', 'metadata', 'annotations'],
      },
    },
  ],
  ['kubernetes_config_map_v1_data', { parts: { data: ['data'] }, of: { apiVersion: 'v1', kind: 'ConfigMap' } }],
]);

/** Kinds of which no requirement speaks, and by which no other object is judged. */
const apart = new Set(['Node', 'StorageClass']);

/** Whether a resource changes a part of an object. */
export const isPatch = ({ type }: PlannedResource): boolean => kinds.has(type);

/**
 * Lays what a resource changes over the one object of its cluster it names. False where there is none: of an object that stands elsewhere
 * nobody can tell what else it says, unless nobody asks after its kind.
 */
export function isLaidOver(patch: PlannedResource, objects: readonly KubernetesObject[]): boolean {
  const { parts, of } = kinds.get(patch.type) as Kind;
  const { after, unknown } = patch.entry;
  const [metadata, ...others] = objectsIn(member(after, 'metadata'));
  const apiVersion = of?.apiVersion ?? asText(member(after, 'api_version'));
  const kind = of?.kind ?? asText(member(after, 'kind'));
  const name = asText(member(metadata, 'name'));
  // A name that is known after apply only may be that of any object.
  if (!apiVersion || !kind || !name || others.length > 0 || member(unknown, 'metadata') === true) return false;
  const type = typeOf(groupOf(apiVersion), kind);
  if (apart.has(type)) return true;
  const [openMetadata] = objectsIn(member(unknown, 'metadata'));
  if (member(openMetadata, 'namespace') === true) return false;
  const namespace = asText(member(metadata, 'namespace')) || 'default';
  const isMeant = (object: KubernetesObject): boolean =>
    object.type === type &&
    object.name === name &&
    (!isNamespaced(type) || (object.namespace ?? 'default') === namespace);
  const [only, ...more] = objects.filter((object) => orUnknown(() => isMeant(object)) !== false);
  if (!only || more.length > 0 || orUnknown(() => isMeant(only)) !== true) return false;
  for (const [attribute, path] of Object.entries(parts)) lay(only.raw, path, treeOf(patch, attribute));
  return true;
}

/** Puts the entries of a map at a path of an object; where that is not known, or is to be, all of it is open. */
function lay(raw: RawMap, [key, ...rest]: readonly string[], part: Raw): void {
  if (key === undefined || isNothing(part)) return;
  const entry = raw.entries.get(key);
  const there = entry?.value;
  if (there instanceof Later) return;
  const inner: RawMap = there?.kind === 'map' ? there : { kind: 'map', entries: new Map(), at: raw.at };
  if (rest.length > 0) lay(inner, rest, part);
  else if (part instanceof Later) {
    raw.entries.set(key, { at: part.at, value: part });
    return;
  } else if (part.kind === 'map') for (const [name, value] of part.entries) inner.entries.set(name, value);
  raw.entries.set(key, { at: entry?.at ?? raw.at, value: inner });
}

const isNothing = (part: Raw): boolean => !(part instanceof Later) && part.kind === 'scalar' && part.value === null;
