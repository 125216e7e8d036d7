import { RampartError } from '#model/error.js';
import { jsonText } from '#model/json-text.js';
import { Lines } from '#model/position.js';
import type { Manifest, Resource } from '#model/resource.js';
import { plainWorld, type Unknown, type Value } from '#model/value.js';
import { Cluster } from '../kubernetes/cluster.js';
import { Later, NotKnown } from '../kubernetes/later.js';
import { isNothing, KubernetesObject, objectsOf } from '../kubernetes/objects.js';
import { manifestOf } from '../kubernetes/read.js';
import { placed } from '../terraform/object-tree.js';
import { type Raw, type RawEntry, readTrees } from '../yaml/tree.js';
import type { ObjectReader } from './makers.js';
import type { TemplateResource } from './resource.js';
import { plainly } from './scope.js';

/**
 * Reads the Kubernetes objects that stand as a text in resources of a template, each under the address of its resource and its own.
 * `shared` is the cluster of the run.
 */
export class HeldObjects implements ObjectReader {
  private readonly byCluster = new Map<string, KubernetesObject[]>();
  private holdsSecret = false;
  private template: Manifest | undefined;
  private byAddress: ReadonlyMap<string, Resource> | undefined;

  constructor(private readonly shared: Cluster) {}

  takes(resource: TemplateResource): boolean {
    try {
      const properties = plainly(() => resource.properties(plainWorld));
      if (properties?.kind !== 'dict') return false;
      const [text, cluster] = ['Manifest', 'ClusterName'].map((key) => plainly(() => properties.get(key)));
      const trees = text && treesIn(text);
      if (!trees) return false;
      const objects = objectsOf(trees, resource.manifest.lines).map(
        ({ type, group, address, raw }) => new KubernetesObject(type, group, `${resource.address}/${address}`, raw),
      );
      if (objects.length === 0) return false;
      this.template ??= resource.manifest;
      this.keep(cluster ? (spelt(cluster) ?? resource.address) : resource.address, objects);
      return true;
    } catch (thrown) {
      // What is not known of an object, or no object at all: nobody can look at it.
      if (thrown instanceof NotKnown || thrown instanceof RampartError) return false;
      throw thrown;
    }
  }

  manifests(lines: Lines): { holds: readonly Manifest[]; areSecret: boolean } {
    const all = [...this.byCluster.values()];
    // Which of several is the cluster of other files nobody can tell: none may lend another its policies.
    const holds = all.map((objects) => manifestOf(objects, lines, all.length === 1 ? this.shared : new Cluster()));
    for (const held of holds) held.imported = (address) => this.beside(address);
    return { holds, areSecret: this.holdsSecret };
  }

  /** What an object refers to stands in the template that holds it, where it is looked up when judged. */
  private beside(address: string): Resource | undefined {
    this.byAddress ??= new Map(this.template?.resources.map((resource) => [resource.address, resource]));
    return this.byAddress.get(address);
  }

  private keep(cluster: string, objects: readonly KubernetesObject[]): void {
    const known = this.byCluster.get(cluster);
    if (known) known.push(...objects);
    else this.byCluster.set(cluster, [...objects]);
    this.holdsSecret ||= objects.some(({ type }) => type === 'Secret');
  }
}

/** What names a cluster; undefined where that is not known. */
function spelt(value: Value): string | undefined {
  if (value.kind === 'reference') return `reference ${value.to}`;
  return value.kind === 'scalar' ? `name ${value.value}` : undefined;
}

/** The documents of a text of JSON or YAML, those of a list each by itself; undefined where they are not known. */
function treesIn(text: Value): readonly Raw[] | undefined {
  const tree = text.kind === 'text' ? (text.json ?? jsonText(text)) : text;
  if (tree?.kind === 'scalar' && typeof tree.value === 'string') {
    const { at, sensitive } = tree;
    const documents = readTrees(new Lines('Manifest', tree.value), () => undefined).filter((each) => !isNothing(each));
    return flat(documents.map((each) => placed(each, at, sensitive === true, undefined)));
  }
  return tree && tree.kind !== 'scalar' && tree.kind !== 'absent' ? flat([planted(tree)]) : undefined;
}

const flat = (trees: readonly Raw[]): readonly Raw[] =>
  trees.flatMap((tree) => (!(tree instanceof Later) && tree.kind === 'seq' ? tree.items : [tree]));

/** As deep as YAML is read. */
const deepest = 100;

/**
 * A value as the tree that it would be read from. `isData`: of a config map, which is looked at for secrets and scripts; names and ARNs of
 * resources are neither.
 */
function planted(value: Value, isData = false, depth = 0): Raw {
  const { at } = value;
  if (depth > deepest) return new Later(laterOf(`what is nested deeper than ${deepest} levels`, at));
  switch (value.kind) {
    case 'scalar':
      return { kind: 'scalar', value: value.value, at, ...(value.sensitive ? { sensitive: true } : {}) };
    case 'list':
      if (value.open) return new Later(laterOf(value.open.settledBy, at));
      return { kind: 'seq', items: value.items.map((item) => planted(item, isData, depth + 1)), at };
    case 'dict': {
      if (value.open) return new Later(laterOf(value.open.settledBy, at));
      const entries = new Map<string, RawEntry>();
      const kind = value.get('kind');
      const hasData = kind.kind === 'scalar' && kind.value === 'ConfigMap';
      for (const key of value.keys())
        entries.set(key, { at, value: planted(value.get(key), isData || (hasData && key === 'data'), depth + 1) });
      return { kind: 'map', entries, at };
    }
    case 'text':
      if (isData && value.parts.every(isName)) return { kind: 'scalar', value: value.parts.map(spelled).join(''), at };
      return new Later(laterOf(`a text with ${value.parts.filter(isOpen).map(named).join(' and ')} in it`, at));
    case 'absent':
      return { kind: 'scalar', value: null, at };
    case 'reference':
      if (isData) return { kind: 'scalar', value: spelled(value), at };
      return new Later({ ...laterOf(named(value), at), from: value });
    default:
      return new Later(laterOf(named(value), at));
  }
}

type Part = Extract<Value, { kind: 'text' }>['parts'][number];

/** Of one shape, or of another resource. */
const isName = (part: Part): boolean =>
  typeof part === 'string' || part.kind === 'reference' || part.samples !== undefined;

const spelled = (part: Part): string => (typeof part === 'string' ? part : `\${${named(part)}}`);

const isOpen = (part: Part): part is Exclude<Part, string> => typeof part !== 'string';

const named = (value: Exclude<Part, string>): string =>
  value.kind === 'unknown' ? value.settledBy : `${value.to}${value.attribute ? `.${value.attribute}` : ''}`;

/** It is there, whatever it is. */
const laterOf = (settledBy: string, at: number): Unknown => ({ kind: 'unknown', settledBy, from: null, at });
