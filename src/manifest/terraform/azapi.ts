import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, fromJson, type Scalar, type Unknown, type Value } from '#model/value.js';
import { LooseDict } from '../arm/dict.js';
import { madeBy } from '../arm/makers.js';
import { spelledLocation } from '../arm/resource.js';
import type { PlanLines } from './places.js';
import type { PlannedResource } from './resource.js';

/** What was read of the resources of the provider azure/azapi. */
export interface Bodies {
  /** What they make, as a manifest of its own language. */
  manifest: Manifest | undefined;
  /** Resources that are what they make, and nothing beside it. */
  read: ReadonlySet<PlannedResource>;
}

const nothing: Bodies = { manifest: undefined, read: new Set() };

/** What is deployed by way of these is in no body that is read. */
const deployers = /^microsoft\.resources\/deployment/i;

/** Reads what a plan writes in ARM's own words: `azapi_resource`, and `azapi_update_resource` where it changes one of those. */
export function azapiBodies(resources: readonly PlannedResource[], lines: PlanLines): Bodies {
  const ofProvider = resources.filter(({ type }) => type.startsWith('azapi_'));
  if (ofProvider.length === 0) return nothing;
  const made: Resource[] = [];
  const manifest: Manifest = { language: 'arm', file: lines.file, lines, resources: made, notFollowed: [] };
  const read = new Set<PlannedResource>();
  const all = new Azapi();
  for (const resource of ofProvider) {
    const type = resource.type === 'azapi_resource' ? typeOf(resource) : undefined;
    if (!type || deployers.test(type.name) || madeBy(type.name) !== undefined) continue;
    const one = new AzapiResource(resource, type, manifest, all);
    made.push(one);
    all.add(one);
    read.add(resource);
  }
  for (const resource of ofProvider) {
    const type = resource.type === 'azapi_update_resource' ? typeOf(resource) : undefined;
    // What else is there of a resource that stands elsewhere nobody can tell.
    const target = type && all.target(resource, type.name);
    if (!target) continue;
    target.changes.push(resource);
    read.add(resource);
  }
  return { manifest: made.length === 0 ? undefined : manifest, read };
}

interface Type {
  name: string;
  version: string;
}

/** `Microsoft.X/y@2024-10-01` in its two parts. */
function typeOf(resource: PlannedResource): Type | undefined {
  const type = resource.plain().get('type');
  const [, name, version] = (type.kind === 'scalar' && /^([^@]+)@(.+)$/.exec(String(type.value))) || [];
  return name !== undefined && version !== undefined ? { name, version } : undefined;
}

/** The resources of the provider in one plan, which name each other. */
class Azapi {
  private readonly byAddress = new Map<string, AzapiResource>();
  private readonly byId = new Map<string, AzapiResource>();

  add(one: AzapiResource): void {
    this.byAddress.set(one.address, one);
    const id = one.id;
    if (id !== undefined) this.byId.set(id.toLowerCase(), one);
  }

  /** What an id means: a reference where that is certain, be it to nothing of the plan. */
  named(id: Value): Value {
    if (id.kind === 'unknown') return id.from ? { kind: 'reference', to: id.from.to, at: id.at } : laterOf(id);
    if (id.kind !== 'scalar' || id.value === null || id.value === '') return { kind: 'absent', at: id.at };
    const text = String(id.value);
    return { kind: 'reference', to: this.byId.get(text.toLowerCase())?.address ?? text, at: id.at };
  }

  /** The resource of the plan an update changes. */
  target(update: PlannedResource, type: string): AzapiResource | undefined {
    const plain = update.plain();
    const id = plain.get('resource_id');
    const named = this.named(id.kind === 'absent' ? idOf(plain, type) : id);
    const found = named.kind === 'reference' ? this.byAddress.get(named.to) : undefined;
    return found?.type.toLowerCase() === type.toLowerCase() ? found : undefined;
  }
}

/** The id its parent and its name give a resource. */
function idOf(plain: Dict, type: string): Value {
  const [parent, name] = [plain.get('parent_id'), plain.get('name')];
  if (parent.kind !== 'scalar' || name.kind !== 'scalar') return { kind: 'absent', at: plain.at };
  const parts = type.split('/');
  const own = parts.length > 2 ? parts.at(-1) : `providers/${type}`;
  return { kind: 'scalar', value: `${parent.value}/${own}/${name.value}`, at: plain.at };
}

/** A resource as its body and the attributes beside it write it. */
class AzapiResource implements Resource {
  readonly language = 'arm';
  readonly type: string;
  readonly address: string;
  readonly at: number;
  /** Updates of the same plan, which are laid over it. */
  readonly changes: PlannedResource[] = [];
  private whole: Dict | undefined;

  constructor(
    private readonly resource: PlannedResource,
    private readonly of: Type,
    readonly manifest: Manifest,
    private readonly all: Azapi,
  ) {
    this.type = of.name;
    this.address = resource.address;
    this.at = resource.at;
  }

  get id(): string | undefined {
    const plain = this.resource.plain();
    const id = plain.get('id');
    const known = id.kind === 'scalar' ? id : idOf(plain, this.type);
    return known.kind === 'scalar' ? String(known.value) : undefined;
  }

  existsIn(): boolean {
    return true;
  }

  properties(): Dict {
    this.whole ??= this.read();
    return this.whole;
  }

  private read(): Dict {
    const { at } = this;
    const body = this.changes.reduce<Value>((under, change) => laidOver(under, bodyOf(change)), bodyOf(this.resource));
    const names = this.above === 'parent' ? ['called', 'name'] : ['name'];
    const beside = loose([...names, 'tags', 'identity', 'apiVersion', this.above], (key) => this.own(key), at);
    const whole = laidOver(body, beside) as Dict;
    const location = (): Value => spelledLocation(laidOver(whole.get('location'), this.own('location')));
    return laidOver(whole, loose(['location'], location, at)) as Dict;
  }

  /** A part of another resource names its parent, what is laid over another one its scope. */
  private get above(): string {
    return this.type.split('/').length > 2 ? 'parent' : 'scope';
  }

  private own(key: string): Value {
    const { at } = this;
    if (key === 'apiVersion') return { kind: 'scalar', value: this.of.version, at };
    const plain = this.resource.plain();
    if (key === this.above) return this.all.named(plain.get('parent_id'));
    const value = plain.get(key === 'called' ? 'name' : key);
    // What nobody gives here is what the body says.
    if (value.kind === 'unknown' && value.unset) return { kind: 'absent', at };
    if (value.kind === 'unknown') return laterOf(value);
    return key === 'identity' ? identityOf(value) : value;
  }
}

/** `{type, identity_ids}` as ARM has it. */
function identityOf(block: Value): Value {
  const only = block.kind === 'list' ? block.items[0] : block;
  if (only?.kind !== 'dict') return only ?? block;
  const get = (key: string): Value => (key === 'type' ? only.get('type') : identitiesOf(only.get('identity_ids')));
  return loose(['type', 'userAssignedIdentities'], get, only.at);
}

/** An object with the ids of identities as its keys. */
function identitiesOf(ids: Value): Value {
  if (ids.kind === 'unknown') return laterOf(ids);
  if (ids.kind !== 'list') return { kind: 'absent', at: ids.at };
  const known = ids.items.flatMap((id) => (id.kind === 'scalar' && id.value !== null ? [String(id.value)] : []));
  const later = ids.items.find((id): id is Unknown => id.kind === 'unknown');
  return loose(
    known,
    () => dictOf([], () => ({ kind: 'absent', at: ids.at }), ids.at),
    ids.at,
    later && laterOf(later),
  );
}

/** What is sent as a resource: an object, or, in version 1 of the provider, its JSON. What is only written is laid over it. */
function bodyOf(resource: PlannedResource): Value {
  const body = resource.plain().get('body');
  const hidden = hiddenIn(resource);
  if (body.kind !== 'scalar') return hidden ? laidOver(loosened(body), hidden) : loosened(body);
  try {
    const scalar = (value: Scalar['value'], at: number): Value =>
      body.sensitive ? { kind: 'scalar', value, sensitive: true, at } : { kind: 'scalar', value, at };
    const sent = loosened(fromJson(JSON.parse(String(body.value)), body.at, scalar));
    return hidden ? laidOver(sent, hidden) : sent;
  } catch {
    return { kind: 'unknown', settledBy: `${resource.address}.body, which is no JSON`, from: null, at: body.at };
  }
}

/**
 * The body that is only written, and so in no plan: unknown at the places the configuration spells out, else at those its versions speak of.
 * Where it does neither, any value may be another.
 */
function hiddenIn(resource: PlannedResource): Value | undefined {
  const { address, at } = resource;
  const versions = resource.plain().get('sensitive_body_version');
  // Of a plan that does not give every attribute nothing more is known of this one than of any other.
  const isOpen = versions.kind === 'unknown' && !versions.unset && versions !== resource.incomplete;
  const isVersioned = isOpen || versions.kind === 'dict';
  if (!isVersioned && !resource.gives('sensitive_body')) return undefined;
  const settledBy = `${address}.sensitive_body, which is in no plan`;
  const later: Unknown = { kind: 'unknown', settledBy, maybeAbsent: true, from: null, at };
  const spelt = resource.constant('sensitive_body');
  if (spelt !== undefined) return loosened(fromJson(spelt, at, () => later));
  if (!isVersioned || versions.kind !== 'dict' || versions.open) return dictOf([], () => later, at, later);
  return versions.keys().reduce<Value>(
    (all, path) => laidOver(all, onlyAt(path.split('.'), later)),
    dictOf([], () => ({ kind: 'absent', at }), at),
  );
}

/** An object in which only what is at a path is there. What is in an item of a list makes all of the list open. */
function onlyAt([step = '', ...rest]: readonly string[], later: Unknown): Value {
  const isEnd = rest.length === 0 || step.includes('[');
  const key = step.replace(/\[[\s\S]*$/, '');
  return loose([key], () => (isEnd ? later : onlyAt(rest, later)), later.at);
}

/** A value as Azure reads it. */
function loosened(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(loosened) };
  if (value.kind === 'unknown') return laterOf(value);
  if (value.kind !== 'dict') return value;
  return loose(value.keys(), (key) => loosened(value.get(key)), value.at, value.open);
}

/** All that is said of a value known after apply only, which is looked up there when it is asked for. */
function laterOf({ settledBy, from, not, maybeAbsent, at }: Unknown): Unknown {
  return { kind: 'unknown', settledBy, from: from ?? null, maybeAbsent, ...(not?.length ? { not } : {}), at };
}

const loose = (keys: readonly string[], get: (key: string) => Value, at: number, more?: Unknown): LooseDict =>
  new LooseDict(
    keys.map((key) => [key, () => get(key)] as const),
    at,
    more,
  );

/** One value over another: objects key by key, anything else in place of what was there. */
function laidOver(under: Value, over: Value): Value {
  if (over.kind === 'absent') return under;
  if (under.kind === 'absent' || (under.kind !== 'dict' && under.kind !== 'unknown')) return over;
  if (over.kind !== 'dict') return over;
  const below: Dict = under.kind === 'dict' ? under : dictOf([], () => under, under.at, under);
  const names = new Map([...below.keys(), ...over.keys()].map((key) => [key.toLowerCase(), key] as const));
  const open = below.open ?? over.open;
  return loose([...names.values()], (key) => laidOver(below.get(key), over.get(key)), over.at, open);
}
