import { RampartError } from '#model/error.js';
import type { Unknown } from '#model/value.js';
import { Later } from '../kubernetes/later.js';
import type { Raw, RawEntry, RawMap } from '../yaml/tree.js';
import { type Step, stepsOf } from './address.js';
import type { Place } from './planned.js';
import type { PlannedResource } from './resource.js';
import { asObject, asText, type Json, member } from './shape.js';

const deepest = 100;

/** An attribute that holds an object of any shape, as the tree its YAML would be. null is what is left out. */
export function treeOf(resource: PlannedResource, attribute: string): Raw {
  const { after, unknown, secret } = resource.entry;
  const at = resource.placeOf(attribute);
  const place: Place = { key: attribute };
  const open = unknown === true || member(unknown, attribute);
  const tree = new Planter(resource, at).tree(
    member(after, attribute),
    open,
    secret === true || member(secret, attribute),
    place,
    0,
  );
  return tree ?? { kind: 'scalar', value: null, at };
}

class Planter {
  constructor(
    private readonly resource: PlannedResource,
    private readonly at: number,
  ) {}

  tree(known: unknown, unknown: unknown, secret: unknown, place: Place, depth: number): Raw | undefined {
    const { at } = this;
    if (unknown === true) return new Later(laterOf(this.resource, place, at), this.resource.isLeftOut(place));
    if (depth > deepest) throw tooDeep();
    if (Array.isArray(known) || Array.isArray(unknown)) return this.list(known, unknown, secret, place, depth);
    const object = asObject(known) ?? (asObject(unknown) && {});
    if (object) return this.map(object, asObject(unknown) ?? {}, secret, place, depth);
    if (known === null || known === undefined) return undefined;
    const value = known as string | number | boolean;
    return secret === true ? { kind: 'scalar', value, sensitive: true, at } : { kind: 'scalar', value, at };
  }

  private list(known: unknown, unknown: unknown, secret: unknown, within: Place, depth: number): Raw {
    const values: readonly unknown[] = Array.isArray(known) ? known : [];
    const open: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
    const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [];
    const of = Math.max(values.length, open.length);
    const items: Raw[] = [];
    for (let key = 0; key < of; key += 1) {
      const isSecret = secret === true || secrets[key];
      const item = this.tree(values[key], open[key], isSecret, { within, key, of }, depth + 1);
      if (item) items.push(item);
    }
    return { kind: 'seq', items, at: this.at };
  }

  private map(known: Json, unknown: Json, secret: unknown, within: Place, depth: number): RawMap {
    const entries = new Map<string, RawEntry>();
    for (const key of new Set([...Object.keys(known), ...Object.keys(unknown)])) {
      const isSecret = secret === true || member(secret, key);
      const value = this.tree(member(known, key), member(unknown, key), isSecret, { within, key }, depth + 1);
      if (value) entries.set(key, { at: this.at, value });
    }
    return { kind: 'map', entries, at: this.at };
  }
}

/** A plain object: what it is made from is the whole of the attribute, and tells nothing of one value of it. */
function laterOf(resource: PlannedResource, place: Place, at: number): Unknown {
  const { settledBy } = resource.later(place, at);
  return { kind: 'unknown', settledBy, maybeAbsent: true, from: null, at };
}

/** What may be anything, or nothing. */
export const openAt = (settledBy: string, at: number): Later =>
  new Later({ kind: 'unknown', settledBy, maybeAbsent: true, from: null, at });

/** What every object of the provider lets the cluster add to: as written, it still says what is asked for. */
const always = /^metadata\.(?:labels|annotations)\b/;

/** The tree without what `computed_fields` leaves to the cluster, which may make something else of it. */
export function computed(tree: Raw, resource: PlannedResource): Raw {
  const { after, unknown } = resource.entry;
  const fields = member(after, 'computed_fields') ?? [];
  const open = member(unknown, 'computed_fields');
  const isKnown = Array.isArray(fields) && open !== true && !(Array.isArray(open) && open.includes(true));
  const at = resource.placeOf('computed_fields');
  const left = (field: string): Later =>
    openAt(`${resource.address}.computed_fields: what the cluster makes of ${field}`, at);
  if (!isKnown) return left('the object');
  for (const field of fields) {
    const text = asText(field);
    if (text !== undefined && always.test(text)) continue;
    const keys = text === undefined ? undefined : stepsOf(text)?.map(keyOf);
    if (!keys || keys.length === 0 || keys.includes(undefined)) return left('the object');
    leave(tree, keys as string[], left(text as string));
  }
  return tree;
}

/** Puts `later` at a place of a tree, or where the way to it ends. */
function leave(tree: Raw, [key, ...rest]: readonly string[], later: Later): void {
  if (key === undefined || tree instanceof Later) return;
  if (tree.kind === 'seq') {
    const index = Number(key);
    const item = tree.items[index];
    if (item && rest.length > 0 && !isScalar(item)) leave(item, rest, later);
    else if (item) tree.items[index] = later;
    else tree.items.push(later);
  } else if (tree.kind === 'map') {
    const value = tree.entries.get(key)?.value;
    if (value && rest.length > 0 && !isScalar(value)) leave(value, rest, later);
    else tree.entries.set(key, { at: later.at, value: later });
  }
}

const isScalar = (raw: Raw): boolean => !(raw instanceof Later) && raw.kind === 'scalar';

/** What a step names; undefined for a quoted key that is not spelt as JSON. */
function keyOf(step: Step): string | undefined {
  if ('name' in step) return step.name;
  if (!step.key.startsWith('"')) return step.key;
  try {
    return String(JSON.parse(step.key));
  } catch {
    return undefined;
  }
}

/** A tree of YAML at one place of the plan. Where it is secret, so is what `shown` does not say too. */
export function placed(raw: Raw, at: number, isSecret: boolean, shown: Raw | undefined): Raw {
  if (raw.kind === 'map') {
    const entries = new Map<string, RawEntry>();
    const other = shown?.kind === 'map' ? shown.entries : undefined;
    for (const [key, { value }] of raw.entries)
      entries.set(key, { at, value: placed(value, at, isSecret, other?.get(key)?.value) });
    return { kind: 'map', entries, at };
  }
  if (raw.kind === 'seq') {
    const other = shown?.kind === 'seq' ? shown.items : [];
    return { kind: 'seq', items: raw.items.map((item, index) => placed(item, at, isSecret, other[index])), at };
  }
  const { value } = raw;
  const isHidden = isSecret && value !== null && !(shown?.kind === 'scalar' && String(shown.value) === String(value));
  return isHidden ? { kind: 'scalar', value, sensitive: true, at } : { kind: 'scalar', value, at };
}

/** An object in the namespace `override_namespace` puts it into. */
export function overridden(tree: Raw, resource: PlannedResource): Raw {
  const namespace = treeOf(resource, 'override_namespace');
  const isOther = namespace instanceof Later || (namespace.kind === 'scalar' && namespace.value);
  const metadata = tree.kind === 'map' ? tree.entries.get('metadata')?.value : undefined;
  if (!isOther || tree.kind !== 'map') return tree;
  const entries = new Map(metadata?.kind === 'map' ? metadata.entries : []);
  entries.set('namespace', { at: tree.at, value: namespace });
  tree.entries.set('metadata', { at: tree.at, value: { kind: 'map', entries, at: tree.at } });
  return tree;
}

const tooDeep = (): RampartError =>
  new RampartError('RAMPART_YAML_SYNTAX', `nested deeper than ${deepest} levels`, {
    exit: 'input',
    next: 'Mend the file at that place.',
  });
