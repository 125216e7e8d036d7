import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, plainWorld, type Value, type World } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { LooseDict } from './dict.js';
import type { ArmFile } from './file.js';
import { identify, segments } from './identity.js';
import { entry } from './parameter.js';
import type { Scope } from './scope.js';
import type { Template } from './template.js';
import { describe, isNull, open, ownGroup } from './values.js';

/** What the reader found out about a resource before anything is evaluated. */
export interface Found {
  raw: RawMap;
  at: number;
  type: string;
  /** Names this resource goes by in its template. */
  symbols: readonly string[];
  /** The resource it is nested in. */
  within: ArmResource | undefined;
  /** The deployments its template is nested in. */
  deployments: readonly ArmResource[];
  /** The template whose symbolic names it shares. */
  template: Template;
  scopeIn(world: World | undefined): Scope;
}

/** Keys that tell Azure how to deploy a resource and are no part of it. */
const instructions = new Set([
  'dependson',
  'condition',
  'copy',
  'resources',
  'comments',
  'parent',
  'scope',
  'location',
  'existing',
  'called',
]);

/** A resource of an ARM template. Its properties are those of the whole resource: `location`, `sku.name`, `properties.x`. */
export class ArmResource implements Resource {
  readonly language = 'arm';
  readonly type: string;
  readonly at: number;
  readonly symbols: readonly string[];
  readonly template: Template;
  /** Set when it is known; unique in the file. */
  address = '';
  /** The scope of the template a deployment holds. */
  inner: ((world: World | undefined) => Scope) | undefined;
  private identity: { names: readonly Value[] | undefined } | undefined;
  private isBusy = false;
  private goesTo: string | undefined;
  private plain: Seen | undefined;
  private latest: Seen | undefined;

  constructor(
    readonly manifest: Manifest,
    private readonly file: ArmFile,
    private readonly found: Found,
  ) {
    this.type = found.type;
    this.at = found.at;
    this.symbols = found.symbols;
    this.template = found.template;
  }

  /** One name for each part of the type, the same in every world; undefined where they cannot be told apart. */
  get names(): readonly Value[] | undefined {
    if (this.identity) return this.identity.names;
    // A name that refers to a resource would be looked up by names again.
    if (this.isBusy) return undefined;
    this.isBusy = true;
    try {
      const raw = entry(this.found.raw, 'name');
      const own = raw ? segments(this.symbolically((scope) => scope.value(raw))) : undefined;
      const outer = this.found.within ? this.found.within.names : [];
      const names = own && outer ? [...outer, ...own] : undefined;
      const isWhole = names?.length === this.type.split('/').length - 1;
      // `account/Microsoft.Insights/setting`: what is laid over another resource has one name of its own.
      this.identity = { names: isWhole ? names : this.over === undefined ? undefined : names?.slice(-1) };
      return this.identity.names;
    } finally {
      this.isBusy = false;
    }
  }

  /** The group the resource is in, as the deployment around it names it; empty for that of the whole file. */
  get place(): string {
    return this.found.deployments.at(-1)?.destination ?? '';
  }

  /** The group the template of a deployment goes to. */
  get destination(): string {
    this.goesTo ??= this.groupOf() ?? this.place;
    return this.goesTo;
  }

  private groupOf(): string | undefined {
    const named = ['subscriptionid', 'resourcegroup'].map((key) => {
      const raw = entry(this.found.raw, key);
      return raw && describe(this.symbolically((scope) => scope.value(raw)));
    });
    const [subscription, group] = named;
    // Its own group is the one that is meant where none is named.
    if (group === undefined || (subscription === undefined && group === ownGroup)) return undefined;
    return `${subscription ?? ''}/${group}`;
  }

  /** The resource type written before `/providers/`, where the resource is written as one laid over another. */
  get over(): string | undefined {
    const written = entry(this.found.raw, 'type');
    const type = written?.kind === 'scalar' ? String(written.value) : '';
    const whole = this.found.within && !type.includes('.') ? `${this.found.within.type}/${type}` : type;
    const at = whole.toLowerCase().indexOf('/providers/');
    return at === -1 ? undefined : whole.slice(0, at);
  }

  /** Named in the template so that it can be referred to; what it says is not in the template. */
  private get isThereAlready(): boolean {
    const existing = entry(this.found.raw, 'existing');
    return existing?.kind === 'scalar' && String(existing.value) === 'true';
  }

  /** What is there already is nothing the template makes. */
  existsIn(world: World): boolean {
    if (this.isThereAlready) return false;
    const scope = this.seenIn(world).scope;
    if (this.found.deployments.some((deployment) => !deployment.existsIn(world))) return false;
    for (const loop of scope.loops) {
      const isOpen = loop.index === undefined;
      if (isOpen && scope.choose(`loop ${loop.name}`, ['run at least once', 'not run at all']) === 1) return false;
    }
    return scope.lets(entry(this.found.raw, 'condition'));
  }

  properties(world: World): Dict {
    const seen = this.seenIn(world);
    seen.properties ??= this.body(seen.scope);
    return seen.properties;
  }

  /** Where it is; undefined for what says nothing of it, is there already, or asks for its own. */
  locationIn(world: World | undefined): Value | undefined {
    const location = entry(this.found.raw, 'location');
    if (!location || this.isThereAlready || this.isBusy) return undefined;
    this.isBusy = true;
    try {
      return this.found.scopeIn(world).value(location, location.at);
    } finally {
      this.isBusy = false;
    }
  }

  private body(scope: Scope): Dict {
    const value = (raw: Raw, at: number) => () => scope.value(raw, at);
    const entries: (readonly [string, () => Value])[] = [];
    for (const [key, { at, value: raw }] of this.found.raw.entries) {
      if (!instructions.has(key.toLowerCase())) entries.push([key, value(raw, at)]);
    }
    const location = entry(this.found.raw, 'location');
    if (location) entries.push(['location', () => spelledLocation(scope.value(location, location.at))]);
    const parent = this.parent();
    if (parent) entries.push(['parent', () => parent]);
    const name = this.type.split('/').length > 2 ? entry(this.found.raw, 'name') : undefined;
    if (name) entries.push(['called', () => segments(scope.value(name))?.at(-1) ?? open('the name', name.at)]);
    const target = this.target(scope);
    if (target) entries.push(['scope', () => target]);
    const rest = this.isThereAlready ? open(`${this.address}, which is there already,`, this.at) : undefined;
    return new LooseDict(entries, this.at, rest);
  }

  /** A reference to the resource this one is a part of; undefined for one that is no part. */
  private parent(): Value | undefined {
    const { within } = this.found;
    if (this.over !== undefined) return undefined;
    if (within) return { kind: 'reference', to: within.address, at: this.at };
    const parts = this.type.split('/');
    if (parts.length < 3) return undefined;
    return this.lookedUp(parts.slice(0, -1).join('/'), this.names?.slice(0, -1), this.at);
  }

  /** What an extension resource is laid over: a reference where it is in the file. */
  private target(scope: Scope): Value | undefined {
    const { within } = this.found;
    const { over } = this;
    if (over !== undefined && within) return { kind: 'reference', to: within.address, at: this.at };
    const raw = entry(this.found.raw, 'scope');
    if (raw) {
      const named = this.symbolically((plain) => plain.value(raw));
      if (isNull(named) || named.kind === 'reference') return { ...named, at: raw.at };
      const id = identify(named);
      return id ? this.lookedUp(id.type, id.names, raw.at) : scope.value(raw);
    }
    if (over === undefined) return undefined;
    const name = entry(this.found.raw, 'name');
    const all = name && segments(this.symbolically((plain) => plain.value(name)));
    return this.lookedUp(over, all?.slice(0, over.split('/').length - 1), this.at);
  }

  private lookedUp(type: string, names: readonly Value[] | undefined, at: number): Value {
    const words = `${type} ${names ? names.map((name) => describe(name)).join('/') : ''}`.trimEnd();
    const found = names ? this.file.find(type, names, this.place) : { answer: 'maybe' as const };
    if (found.answer === 'yes') return { kind: 'reference', to: found.address, at };
    // What is surely not in the template is still one thing, and none of those that are.
    return found.answer === 'no' ? { kind: 'reference', to: words, at } : open(`which resource ${words} is`, at);
  }

  private symbolically(read: (scope: Scope) => Value): Value {
    return read(this.found.scopeIn(undefined));
  }

  /** What was evaluated in the plain world is kept for good, what was in another only until the next one is asked for. */
  private seenIn(world: World): Seen {
    if (world === plainWorld) {
      this.plain ??= { scope: this.found.scopeIn(world) };
      return this.plain;
    }
    if (this.latest?.scope.world !== world) this.latest = { scope: this.found.scopeIn(world) };
    return this.latest;
  }
}

interface Seen {
  scope: Scope;
  properties?: Dict;
}

/** Azure takes `US Gov Virginia` for `usgovvirginia`. */
export function spelledLocation(value: Value): Value {
  const spelled = (text: string): string => text.toLowerCase().replaceAll(' ', '');
  if (value.kind === 'scalar' && typeof value.value === 'string') return { ...value, value: spelled(value.value) };
  if (value.kind !== 'text') return value;
  return { ...value, parts: value.parts.map((part) => (typeof part === 'string' ? spelled(part) : part)) };
}
