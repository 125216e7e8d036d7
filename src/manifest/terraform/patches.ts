import { groupOf, isNamespaced, typeOf } from '../kubernetes/kinds.js';
import { Later, orUnknown } from '../kubernetes/later.js';
import type { KubernetesObject } from '../kubernetes/objects.js';
import { type PodTemplate, podTemplatesOf } from '../kubernetes/pod-templates.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { openAt, treeOf } from './object-tree.js';
import type { PlannedResource } from './resource.js';
import { asText, member, objectsIn } from './shape.js';
import { envTree } from './typed.js';

/** A resource that changes a part of an object another one makes. */
interface Kind {
  /** Lays the change over the object; false where it cannot be told what it changes. */
  over(patch: PlannedResource, object: KubernetesObject): boolean;
  /** What it changes, where the resource itself does not say it. */
  of?: { apiVersion: string; kind: string };
}

/** Attributes that are laid at a path of the object each. */
const parts =
  (places: Readonly<Record<string, readonly string[]>>): Kind['over'] =>
  (patch, { raw }) => {
    for (const [attribute, path] of Object.entries(places)) lay(raw, path, treeOf(patch, attribute));
    return true;
  };

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['kubernetes_labels', { over: parts({ labels: ['metadata', 'labels'] }) }],
  [
    'kubernetes_annotations',
    {
      over: parts({
        annotations: ['metadata', 'annotations'],
        template_annotations: ['spec', 'template', 'metadata', 'annotations'],
      }),
    },
  ],
  ['kubernetes_config_map_v1_data', { over: parts({ data: ['data'] }), of: { apiVersion: 'v1', kind: 'ConfigMap' } }],
  ['kubernetes_env', { over: setVariables }],
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
  const { over, of } = kinds.get(patch.type) as Kind;
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
  return over(patch, only);
}

/** Sets variables of one container, by their names. */
function setVariables(patch: PlannedResource, object: KubernetesObject): boolean {
  const { after } = patch.entry;
  const name = asText(member(after, 'container'));
  const initial = asText(member(after, 'init_container'));
  const templates = orUnknown((): readonly PodTemplate[] => podTemplatesOf(object).found);
  const [template, ...more] = 'kind' in templates ? [] : templates;
  if ((name === undefined) === (initial === undefined) || !template || more.length > 0) return false;
  const listed = template.spec.entries.get(name === undefined ? 'initContainers' : 'containers')?.value;
  const items = listed && !(listed instanceof Later) && listed.kind === 'seq' ? listed.items : [];
  const container = items.find((item) => nameOf(item) === (name ?? initial));
  if (!container || container instanceof Later || container.kind !== 'map') return false;
  const given = envTree(patch);
  const there = container.entries.get('env')?.value;
  container.entries.set('env', { at: patch.at, value: merged(there, given, patch) });
  return true;
}

/** Lists of variables, in which those of one name are one. Where a name is not known, any may be meant. */
function merged(there: Raw | undefined, given: Raw | undefined, { address, at }: PlannedResource): Raw {
  const [under, over] = [there, given].map((each) =>
    each && !(each instanceof Later) && each.kind === 'seq' ? each.items : [],
  );
  const names = (over ?? []).map(nameOf);
  if (there instanceof Later) return there;
  if (!over || over.length === 0 || names.includes(undefined)) return openAt(`${address}.env`, at);
  return { kind: 'seq', items: [...(under ?? []).filter((item) => !names.includes(nameOf(item))), ...over], at };
}

/** The name of an item of a list; undefined where it is not known. */
function nameOf(item: Raw): string | undefined {
  const name = item instanceof Later || item.kind !== 'map' ? undefined : item.entries.get('name')?.value;
  return name && !(name instanceof Later) && name.kind === 'scalar' ? String(name.value) : undefined;
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
