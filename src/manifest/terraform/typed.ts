import { Later } from '../kubernetes/later.js';
import { isNothing } from '../kubernetes/objects.js';
import type { Raw, RawEntry, RawMap, RawScalar } from '../yaml/tree.js';
import type { Form, Shape } from './form.js';
import { openAt, treeOf } from './object-tree.js';
import type { PlannedResource } from './resource.js';
import { asObject } from './shape.js';
import { envShape, typedKind } from './typed-kinds.js';

/** How to read the object that resources of a type make, of those types that spell an object in attributes and blocks. */
export function typedTrees(type: string): ((resource: PlannedResource) => readonly Raw[]) | undefined {
  const kind = typedKind(type);
  if (!kind) return undefined;
  return (resource) => {
    const { at } = resource;
    const scalar = (value: string): RawEntry => ({ at, value: { kind: 'scalar', value, at } });
    const { entries } = new Writer(resource.address).object(attributesOf(resource), kind.shape);
    const named: [string, RawEntry][] = [
      ['apiVersion', scalar(kind.apiVersion)],
      ['kind', scalar(kind.kind)],
    ];
    return [{ kind: 'map', entries: new Map([...named, ...entries]), at }];
  };
}

/** The variables of a container, as `env` of its object would have them. */
export function envTree(resource: PlannedResource): Raw | undefined {
  const { at } = resource;
  const attributes: RawMap = { kind: 'map', entries: new Map([['env', { at, value: treeOf(resource, 'env') }]]), at };
  return new Writer(resource.address).object(attributes, envShape()).entries.get('env')?.value;
}

function attributesOf(resource: PlannedResource): RawMap | Later {
  const { after, unknown } = resource.entry;
  if (unknown === true) return new Later(resource.later(undefined, resource.at));
  const names = new Set([...Object.keys(asObject(after) ?? {}), ...Object.keys(asObject(unknown) ?? {})]);
  const entries = new Map<string, RawEntry>();
  for (const name of names) {
    const value = treeOf(resource, name);
    entries.set(name, { at: value.at, value });
  }
  return { kind: 'map', entries, at: resource.at };
}

/** Writes what a resource says as the object it makes. What has no place there leaves open all that stands around it. */
class Writer {
  constructor(private readonly address: string) {}

  /** What kind of an object it is is known where nothing else is, so that others know there is one. */
  object(attributes: RawMap | Later, shape: Shape): RawMap {
    const written = this.block(attributes, shape, '');
    if (!(written instanceof Later)) return written;
    const { at } = attributes;
    const entries = new Map<string, RawEntry>();
    for (const { as, key } of shape.forms.values()) if (as !== 'aside') entries.set(key, { at, value: written });
    return { kind: 'map', entries, at };
  }

  private block(raw: Raw, shape: Shape, path: string): RawMap | Later {
    if (raw instanceof Later) return raw;
    if (raw.kind !== 'map') return this.unread(path, raw.at);
    const entries = new Map<string, RawEntry>();
    for (const [name, entry] of raw.entries) {
      const open = this.put(entries, entry, shape.forms.get(name), `${path}.${name}`);
      if (open) return open;
    }
    for (const { key, otherwise } of shape.defaults) {
      if (!entries.has(key)) entries.set(key, { at: raw.at, value: scalarOf(otherwise ?? null, raw.at) });
    }
    return { kind: 'map', entries, at: raw.at };
  }

  /** Puts what an attribute or block is into the object; where that is not known, what is open then. */
  private put(
    entries: Map<string, RawEntry>,
    { at, value }: RawEntry,
    form: Form | undefined,
    path: string,
  ): Later | undefined {
    if (!form) return isEmpty(value) ? undefined : this.unread(path, at);
    const written = this.written(value, form, path);
    if (!written) return undefined;
    if (form.key !== '') entries.set(form.key, { at, value: written });
    else if (written instanceof Later || written.kind !== 'map') return this.unread(path, at);
    else for (const [key, entry] of written.entries) entries.set(key, entry);
    return undefined;
  }

  /** What stands under a key; undefined where the provider sends nothing. */
  private written(raw: Raw, form: Form, path: string): Raw | undefined {
    if (form.as === 'aside') return undefined;
    // A block that is not in the configuration may be a dynamic one, of which there may be some; an attribute cannot.
    if (raw instanceof Later) return raw.isLeftOut && (!form.inside || form.computed) ? undefined : raw;
    if (isEmpty(raw)) return undefined;
    if (form.as === 'unseen') return this.unread(path, raw.at);
    if (form.inside) return this.blocks(raw, form, form.inside, path);
    if (raw.kind !== 'scalar') return isFlat(raw) ? raw : this.unread(path, raw.at);
    if (form.as === 'value') return raw.value === 0 ? undefined : raw;
    return numberOf(raw, form.as === 'octal' ? /^0?[0-7]+$/ : /^-?\d+$/, form.as === 'octal' ? 8 : 10);
  }

  private blocks(raw: Raw, form: Form, inside: Shape, path: string): Raw {
    const { at } = raw;
    const items = raw.kind === 'seq' ? raw.items : [raw];
    if (form.as === 'many') return { kind: 'seq', items: items.map((item) => this.block(item, inside, path)), at };
    const [only, ...others] = items;
    return only && others.length === 0 ? this.block(only, inside, path) : this.unread(path, at);
  }

  private unread(path: string, at: number): Later {
    return openAt(`${this.address}${path}, which is not read`, at);
  }
}

/** How the provider has what nobody gave. */
function isEmpty(raw: Raw): boolean {
  if (raw instanceof Later) return false;
  if (raw.kind === 'seq') return raw.items.length === 0;
  if (raw.kind === 'map') return raw.entries.size === 0;
  return isNothing(raw) || raw.value === '';
}

/** A list of scalars, or a map whose keys people chose. */
function isFlat(raw: Raw): boolean {
  const values =
    raw.kind === 'seq' ? raw.items : raw.kind === 'map' ? [...raw.entries.values()].map(({ value }) => value) : [];
  return values.every((value) => value instanceof Later || value.kind === 'scalar');
}

const scalarOf = (value: string | boolean | null, at: number): RawScalar => ({ kind: 'scalar', value, at });

const numberOf = (raw: RawScalar, digits: RegExp, base: number): RawScalar =>
  digits.test(String(raw.value)) ? { ...raw, value: Number.parseInt(String(raw.value), base) } : raw;
