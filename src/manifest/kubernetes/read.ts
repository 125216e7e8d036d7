import { Lines } from '#model/position.js';
import type { Manifest, Resource } from '#model/resource.js';
import type { Unknown } from '#model/value.js';
import { UnreadResources } from '../unread.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import type { Cluster } from './cluster.js';
import { containerLists } from './container.js';
import { Later, orUnknown } from './later.js';
import { madeOf } from './makers.js';
import { type KubernetesObject, objectsOf } from './objects.js';
import { isPart, isWorkload, mayMakePods, podTemplatesOf } from './pod-templates.js';
import { ContainerResource, MissingNamespace, ObjectResource, PodResource, UnreadWorkload } from './resources.js';
import { isFetched } from './runtime.js';
import { masked, type Stretch, secretStretches } from './secrets.js';
import { itemsAt, mapAt, nameAt, unknown } from './value.js';

/** Reads a stream of Kubernetes objects. */
export function readKubernetes(trees: readonly Raw[], lines: Lines, cluster: Cluster): Manifest {
  const objects = objectsOf(trees, lines);
  return manifestOf(objects, withoutSecrets(objects, lines), cluster);
}

/**
 * The manifest some objects make, wherever they are written. Beside each object there is a resource of type `PodSpec` for its pods
 * and one of type `Container` for each container, so that a requirement speaks of all workload kinds at once. What the objects
 * say about each other is looked up in the cluster when they are judged.
 */
export function manifestOf(objects: readonly KubernetesObject[], lines: Lines, cluster: Cluster): Manifest {
  const resources: Resource[] = [];
  const notFollowed: { what: string; at: number }[] = [];
  const manifest: Manifest = { language: 'kubernetes', file: lines.file, lines, resources, notFollowed };
  const spaces = new Set<string | undefined>();
  for (const object of objects) {
    cluster.add(object);
    resources.push(new ObjectResource(manifest, object, cluster));
    const made = madeOf(object);
    if (made) {
      const what = `${object.address}: ${made}`;
      notFollowed.push({ what: `${what} is not looked at`, at: object.at });
      resources.push(new UnreadResources(object.address, object.at, manifest, what));
    }
    if (mayMakePods(object))
      resources.push(new UnreadWorkload(manifest, object, `what the controller of ${object.type} makes of it`));
    if (!isWorkload(object.type)) continue;
    const { pods, missing } = podsOf(object, manifest, cluster);
    let unseen = missing;
    for (const pod of pods) {
      const containers = containersOf(pod);
      resources.push(pod, ...containers.found);
      unseen ??= containers.missing;
      if (containers.found.length === 0 && !containers.missing)
        notFollowed.push({ what: `${pod.address} has no containers here`, at: pod.at });
      if (isFirstIn(spaces, object)) resources.push(new MissingNamespace(pod, cluster));
    }
    const unread = unreadOf(object, { pods, unseen, manifest, cluster, notFollowed });
    if (unread) resources.push(unread);
  }
  return manifest;
}

interface Seen {
  pods: readonly PodResource[];
  unseen: Unknown | undefined;
  manifest: Manifest;
  cluster: Cluster;
  notFollowed: { what: string; at: number }[];
}

/** What an object runs beside the containers that were seen. */
function unreadOf(
  object: KubernetesObject,
  { pods, unseen, manifest, cluster, notFollowed }: Seen,
): UnreadWorkload | undefined {
  const unread = (what: string, isThere?: () => boolean) => new UnreadWorkload(manifest, object, what, isThere);
  if (unseen) return unread(unseen.settledBy);
  if (pods.length > 0) {
    if (!pods.some(({ template }) => orUnknown(() => isFetched(template)) !== false)) return undefined;
    // Without its runtime nothing of the pod is known, which is said there.
    return unread('what KServe puts in to fetch the model', () => !cluster.hasRuntime(object));
  }
  if (orUnknown(() => mapAt(mapAt(object.raw, 'spec'), 'workloadRef')))
    return unread('what its workloadRef names, which is not in the manifests', () => cluster.holdsReferent(object));
  if (isPart(object.type)) return undefined;
  notFollowed.push({ what: `${object.address} holds no pod template`, at: object.at });
  return unread('its pod template, which it does not hold');
}

/** Whether nothing was put into the namespace of an object yet; the pods of a runtime of the cluster go into those of others. */
function isFirstIn(spaces: Set<string | undefined>, object: KubernetesObject): boolean {
  const space = spaceOf(object);
  if (spaces.has(space) || object.type === 'ClusterServingRuntime.serving.kserve.io') return false;
  spaces.add(space);
  return true;
}

/** A namespace by its name, or by what would have to be known of it. */
function spaceOf(object: KubernetesObject): string | undefined {
  const space = orUnknown(() => object.namespace);
  return typeof space === 'object' ? ` ${space.settledBy}` : space;
}

function podsOf(
  object: KubernetesObject,
  manifest: Manifest,
  cluster: Cluster,
): { pods: readonly PodResource[]; missing: Unknown | undefined } {
  const { found, missing } = podTemplatesOf(object);
  const pods = found.map(
    (template) => new PodResource(manifest, object, template, cluster, template.role === '' ? '' : `/${template.role}`),
  );
  return { pods, missing };
}

/** The containers of a pod, and what would have to be known to see all of them. */
function containersOf(pod: PodResource): { found: readonly ContainerResource[]; missing: Unknown | undefined } {
  const { spec, role, filledBy } = pod.template;
  const base = `${pod.object.address}${role === '' ? '' : `/${role}`}`;
  const found: ContainerResource[] = [];
  const taken = new Set<string>();
  let missing: Unknown | undefined;
  const add = (raw: Raw, kind: string, fallback: string): void => {
    if (raw instanceof Later) missing ??= raw.what;
    else if (raw.kind === 'map') {
      let address = `${base}/${kind}/${nameAt(raw, 'name') ?? fallback}`;
      while (taken.has(address)) address += '+';
      taken.add(address);
      found.push(new ContainerResource(pod, raw, kind, address));
    }
  };
  for (const [key, kind] of containerLists) {
    const items = orUnknown(() => listAt(spec, key));
    if ('kind' in items) missing ??= items;
    else for (const [index, raw] of items.entries()) add(raw, kind, String(index));
  }
  // KServe writes the model server in place of a container; what it leaves out comes from its runtime.
  const model = spec.entries.get('model')?.value;
  if (filledBy !== undefined && model) add(model, 'container', 'model');
  return { found, missing };
}

/** A list of containers. Where something else stands, nobody can say what runs, nor would the API server take it. */
function listAt(spec: RawMap, key: string): readonly Raw[] | Unknown {
  const entry = spec.entries.get(key);
  if (!entry || entry.value.kind === 'seq' || (entry.value.kind === 'scalar' && entry.value.value === null))
    return itemsAt(spec, key);
  return unknown(`${key}, which is no list`, entry.at);
}

/** Reports print lines of the file; those with a Secret's data are blotted out there. */
function withoutSecrets(objects: readonly KubernetesObject[], lines: Lines): Lines {
  const stretches: Stretch[] = [];
  for (const [index, object] of objects.entries()) {
    const next = objects[index + 1]?.at ?? lines.text.length;
    stretches.push(...secretStretches(object, lines.text, next > object.at ? next : lines.text.length));
  }
  return stretches.length === 0 ? lines : new Lines(lines.file, masked(lines.text, stretches), lines.text);
}
