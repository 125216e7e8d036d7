import { RampartError } from '#model/error.js';
import { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import { Cluster } from '../kubernetes/cluster.js';
import { NotKnown } from '../kubernetes/later.js';
import { isNothing, type KubernetesObject, objectsOf } from '../kubernetes/objects.js';
import { manifestOf } from '../kubernetes/read.js';
import { type Raw, readTrees } from '../yaml/tree.js';
import { computed, overridden, placed, treeOf } from './object-tree.js';
import { isLaidOver, isPatch } from './patches.js';
import type { PlanLines } from './places.js';
import type { PlannedResource } from './resource.js';
import { typedTrees } from './typed.js';

/** Terraform types that hold one Kubernetes object → what is written there. */
const kinds: ReadonlyMap<string, (resource: PlannedResource) => readonly Raw[]> = new Map([
  ['kubernetes_manifest', (resource) => [manifestTree(resource)]],
  ['kubectl_manifest', bodyTrees],
]);

/** What was read of the resources of a plan that hold a Kubernetes object. */
export interface Held {
  /** The objects as manifests of their own language, one for each cluster they go to. */
  manifests: readonly Manifest[];
  /** Resources that are what they hold, and nothing beside it. */
  read: ReadonlySet<PlannedResource>;
  /** What would have to be known of the others. */
  unread: ReadonlyMap<PlannedResource, string>;
}

/** Reads the Kubernetes objects a plan holds, each under the address of its resource. `shared` is the cluster of the run. */
export function heldObjects(resources: readonly PlannedResource[], lines: PlanLines, shared: Cluster): Held {
  const read = new Set<PlannedResource>();
  const unread = new Map<PlannedResource, string>();
  const byCluster = new Map<string, KubernetesObject[]>();
  const patches: PlannedResource[] = [];
  for (const resource of resources) {
    if (isPatch(resource)) patches.push(resource);
    const treesIn = kinds.get(resource.type) ?? typedTrees(resource.type);
    if (!treesIn) continue;
    const objects = objectsIn(resource, treesIn, lines);
    if (typeof objects === 'string') unread.set(resource, objects);
    else {
      read.add(resource);
      const { alias } = resource;
      const known = byCluster.get(alias);
      if (known) known.push(...objects);
      else byCluster.set(alias, [...objects]);
    }
  }
  for (const patch of patches) {
    if (!patch.incomplete && isLaidOver(patch, byCluster.get(patch.alias) ?? [])) read.add(patch);
  }
  // Which of several is the cluster of other files nobody can tell: none may lend another its policies.
  const manifests = [...byCluster.values()].map((objects) =>
    manifestOf(objects, lines, byCluster.size === 1 ? shared : new Cluster()),
  );
  return { manifests, read, unread };
}

function objectsIn(
  resource: PlannedResource,
  treesIn: (resource: PlannedResource) => readonly Raw[],
  lines: PlanLines,
): readonly KubernetesObject[] | string {
  if (resource.incomplete) return resource.incomplete.settledBy;
  try {
    const objects = objectsOf(treesIn(resource), lines, resource.address);
    return objects.length === 0 ? `${resource.address}: the Kubernetes object in it, of which there is none` : objects;
  } catch (thrown) {
    if (thrown instanceof NotKnown) return thrown.what.settledBy;
    // What the fault is may be spelt in words of a sensitive text.
    if (thrown instanceof RampartError) return `${resource.address}: the Kubernetes object in it, which cannot be read`;
    throw thrown;
  }
}

function manifestTree(resource: PlannedResource): Raw {
  return computed(treeOf(resource, 'manifest'), resource);
}

/** The documents of `yaml_body`. What `yaml_body_parsed` shows of it is no secret. */
function bodyTrees(resource: PlannedResource): readonly Raw[] {
  const body = treeOf(resource, 'yaml_body');
  const trees = body.kind === 'scalar' ? documents(String(body.value ?? '')) : [];
  const isSecret = body.kind === 'scalar' && body.sensitive === true;
  const [shown] = isSecret && trees.length === 1 ? shownOf(treeOf(resource, 'yaml_body_parsed')) : [];
  return trees.map((tree) => overridden(placed(tree, body.at, isSecret, shown), resource));
}

const documents = (text: string): Raw[] =>
  readTrees(new Lines('yaml_body', text), () => undefined).filter((tree) => !isNothing(tree));

/** A text that says what may be shown, where it may be shown itself and can be read. */
function shownOf(parsed: Raw): Raw[] {
  try {
    return parsed.kind === 'scalar' && !parsed.sensitive ? documents(String(parsed.value ?? '')) : [];
  } catch {
    return [];
  }
}
