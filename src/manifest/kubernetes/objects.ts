import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { groupOf, isNamespaced, typeOf } from './kinds.js';
import { orUnknown } from './later.js';
import { isWorkload } from './pod-templates.js';
import { mapAt, spokenAt, textAt } from './value.js';

/** One API object of a stream, unevaluated. */
export class KubernetesObject {
  /** Its namespace as it names it: everybody asks for that. */
  private named: string | undefined;

  constructor(
    /** See `typeOf`. */
    readonly type: string,
    readonly group: string,
    /** `Kind/namespace/name`, or what a Terraform plan calls it; unique in the file. */
    readonly address: string,
    readonly raw: RawMap,
  ) {}

  get at(): number {
    return this.raw.at;
  }

  /** Undefined where the object names none: it then goes wherever it is applied, and stands as `default` in addresses. */
  get namespace(): string | undefined {
    this.named ??= textAt(this.metadata, 'namespace') ?? '';
    return this.named || undefined;
  }

  /** `metadata.name`, or `metadata.generateName` followed by `*`. */
  get name(): string {
    const name = textAt(this.metadata, 'name');
    if (name) return name;
    const generated = textAt(this.metadata, 'generateName');
    return generated ? `${generated}*` : '(unnamed)';
  }

  /** Its namespace in a sentence for people. */
  get home(): string {
    const namespace = orUnknown(() => spokenAt(this.metadata, 'namespace'));
    if (typeof namespace === 'object') return 'its namespace';
    return namespace ? `namespace ${namespace}` : 'the namespace it is applied to';
  }

  private get metadata(): RawMap | undefined {
    return mapAt(this.raw, 'metadata');
  }
}

const deepestList = 10;

/** Whether a document is meant as an API object. */
export const isObject = (tree: Raw): tree is RawMap =>
  tree.kind === 'map' && textAt(tree, 'apiVersion') !== undefined && textAt(tree, 'kind') !== undefined;

export const isNothing = (tree: Raw): boolean => tree.kind === 'scalar' && tree.value === null;

/**
 * The objects of a stream in order, those of lists taken out of them. Throws `RAMPART_K8S_*` (exit `input`). `address` is what the
 * first of them is called where it has a name beside its own.
 */
export function objectsOf(trees: readonly Raw[], lines: Lines, address?: string): KubernetesObject[] {
  const collector = new Collector(lines, address);
  for (const tree of trees) if (!isNothing(tree)) collector.add(tree, undefined, 0);
  return collector.objects;
}

class Collector {
  readonly objects: KubernetesObject[] = [];
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly lines: Lines,
    private readonly address: string | undefined,
  ) {}

  /** `assumed` is what a typed list says of its items, which need not say it again. */
  add(tree: Raw, assumed: { apiVersion: string; kind: string } | undefined, depth: number): void {
    if (tree.kind !== 'map') throw this.refuse('a Kubernetes object must be a mapping', tree.at);
    const apiVersion = textAt(tree, 'apiVersion') ?? assumed?.apiVersion;
    const kind = textAt(tree, 'kind') ?? assumed?.kind;
    if (!apiVersion || !kind) throw this.refuse(`an object has no ${apiVersion ? 'kind' : 'apiVersion'}`, tree.at);
    const items = tree.entries.get('items')?.value;
    if (kind.endsWith('List') && items?.kind === 'seq') {
      if (depth > deepestList) throw this.refuse(`lists are nested deeper than ${deepestList}`, tree.at);
      const single = kind.slice(0, -'List'.length);
      for (const item of items.items) {
        if (!isNothing(item)) this.add(item, single ? { apiVersion, kind: single } : undefined, depth + 1);
      }
      return;
    }
    this.objects.push(this.object(tree, apiVersion, kind));
  }

  private object(raw: RawMap, apiVersion: string, kind: string): KubernetesObject {
    const group = groupOf(apiVersion);
    const type = typeOf(group, kind);
    if (this.address !== undefined) return new KubernetesObject(type, group, this.unique(this.address), raw);
    const { namespace, name } = new KubernetesObject(type, group, '', raw);
    const place = namespace ?? (isNamespaced(type) || isWorkload(type) ? 'default' : undefined);
    const address = this.unique(place === undefined ? `${type}/${name}` : `${type}/${place}/${name}`);
    return new KubernetesObject(type, group, address, raw);
  }

  /** Applied one after the other, the last of two objects of one name wins; all are judged, under different addresses. */
  private unique(address: string): string {
    const count = (this.taken.get(address) ?? 0) + 1;
    this.taken.set(address, count);
    return count === 1 ? address : `${address}#${count}`;
  }

  private refuse(message: string, at: number): RampartError {
    return new RampartError('RAMPART_K8S_SHAPE', message, {
      exit: 'input',
      next: 'Give every document of the file an apiVersion and a kind, or take it out.',
      position: this.lines.position(at),
    });
  }
}
