import { mayBeJson } from '#model/json-text.js';
import type { Dict, Scalar, Unknown, Value } from '#model/value.js';
import { mayBeSecret } from './marked.js';
import { asObject, type Json, member } from './shape.js';

/** Where a value stands inside a resource, from the resource down. */
export interface Place {
  readonly within?: Place;
  readonly key: string | number;
  /** How many items the list has, for an item of a list. */
  readonly of?: number;
}

/** What the values of one resource need to know beside themselves. */
export interface Holder {
  /** The value of what is known after apply only; `isMarked` where it is sensitive. */
  open(place: Place | undefined, at: number, isMarked: boolean): Value;
  /** Whether what is marked as sensitive at a place is a secret that is handed on from elsewhere. */
  hides(place: Place | undefined): true | undefined;
  /** Set where a value that is not mentioned may still be there. */
  readonly incomplete?: Unknown;
  /** What `provider` stands for, a word Terraform keeps for itself. */
  provider(): Value;
  /** The place in the text of an attribute of the resource. */
  placeOf(attribute: string): number;
  /** What the configuration spells out of an attribute. */
  constant(attribute: string): unknown;
}

/**
 * A value of a plan. `known`, `unknown` and `secret` are three trees of one shape: what it is, what will be known after
 * apply only (`true`), and what must not be shown (`true`). null is "not set"; so is an empty list, which is how a block that
 * is not written is planned.
 */
export function planned(
  known: unknown,
  unknown: unknown,
  secret: unknown,
  place: Place | undefined,
  at: number,
  holder: Holder,
): Value {
  if (unknown === true) return holder.open(place, at, isMarked(secret, 0));
  if (Array.isArray(known) || Array.isArray(unknown)) return list(known, unknown, secret, place, at, holder);
  const object = asObject(known);
  if (object || asObject(unknown)) return new PlannedDict(known, unknown, secret, place, at, holder);
  if (known === null || known === undefined) return { kind: 'absent', at };
  const value = known as string | number | boolean;
  return secret === true ? new Marked(value, place, at, holder) : { kind: 'scalar', value, at };
}

/** Whether a mark stands at a place, or below it: what is not known there has no places of its own. */
const isMarked = (secret: unknown, depth: number): boolean =>
  secret === true ||
  (typeof secret === 'object' &&
    secret !== null &&
    depth < deepestLook &&
    Object.values(secret).some((each) => isMarked(each, depth + 1)));

/** A sensitive value. Where it comes from is looked up when somebody asks. */
class Marked implements Scalar {
  readonly kind = 'scalar';
  readonly sensitive = true;

  constructor(
    readonly value: string | number | boolean,
    private readonly place: Place | undefined,
    readonly at: number,
    private readonly holder: Holder,
  ) {}

  get hidden(): true | undefined {
    return typeof this.value === 'string' && mayBeSecret(this.value) ? this.holder.hides(this.place) : undefined;
  }
}

function list(
  known: unknown,
  unknown: unknown,
  secret: unknown,
  within: Place | undefined,
  at: number,
  holder: Holder,
): Value {
  const values: readonly unknown[] = Array.isArray(known) ? known : [];
  const open: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [];
  const of = Math.max(values.length, open.length);
  if (of === 0) return { kind: 'absent', at };
  const items: Value[] = [];
  for (let key = 0; key < of; key += 1) {
    const place: Place = within ? { within, key, of } : { key, of };
    items.push(planned(values[key], open[key], secret === true || secrets[key], place, at, holder));
  }
  return { kind: 'list', items, at };
}

/** An object of a plan; its values are read when they are asked for. */
export class PlannedDict implements Dict {
  readonly kind = 'dict';
  readonly open?: Unknown;
  private seen: Map<string, Value> | undefined;
  private readonly known: Json | undefined;
  private readonly unknown: Json | undefined;
  private names: readonly string[] | undefined;

  constructor(
    known: unknown,
    unknown: unknown,
    private readonly secret: unknown,
    private readonly place: Place | undefined,
    readonly at: number,
    private readonly holder: Holder,
  ) {
    this.known = asObject(known);
    this.unknown = asObject(unknown);
    if (holder.incomplete) this.open = holder.incomplete;
  }

  keys(): readonly string[] {
    this.names ??= namesIn(this.known ?? {}, this.unknown ?? {});
    return this.names;
  }

  get(key: string): Value {
    const seen = this.seen?.get(key);
    if (seen) return seen;
    const value = this.place || key !== 'provider' ? this.read(key) : this.holder.provider();
    if (isCheap(value)) return value;
    this.seen ??= new Map();
    this.seen.set(key, value);
    return value;
  }

  lacks(sought: string | RegExp, key?: string): boolean {
    if (typeof sought !== 'string') return false;
    if (key === undefined) return lacks(this.known, sought, 0) && !opensPolicy(this.unknown, 0);
    return lacks(own(this.known, key), sought, 0) && !opensPolicyAt(key, own(this.unknown, key), 0);
  }

  /** What is written and never read back is in no plan, but for what its configuration spells out. */
  private writeOnly(key: string, at: number): Value {
    const value = this.holder.constant(key);
    return typeof value === 'string' ? { kind: 'scalar', value, sensitive: true, at } : { kind: 'absent', at };
  }

  private read(key: string): Value {
    const { place: within, holder } = this;
    const at = within ? this.at : holder.placeOf(key);
    const known = own(this.known, key);
    const unknown = own(this.unknown, key);
    if (known === undefined && unknown === undefined) return holder.incomplete ?? { kind: 'absent', at };
    if (
      unknown === undefined &&
      typeof known === 'string' &&
      this.secret !== true &&
      !own(asObject(this.secret), key)
    ) {
      return { kind: 'scalar', value: known, at };
    }
    if (known === null && unknown !== true && !within && key.endsWith('_wo')) return this.writeOnly(key, at);
    const secret = this.secret === true || member(this.secret, key);
    return planned(known, unknown, secret, within ? { within, key } : { key }, at, holder);
  }
}

/** Deeper than this nobody looks, so nobody can say. */
const deepestLook = 40;

function lacks(known: unknown, beginning: string, depth: number): boolean {
  if (typeof known === 'string')
    return !known.startsWith(beginning) && !(mayBeJson(known) && known.includes(beginning));
  if (typeof known !== 'object' || known === null) return true;
  if (depth > deepestLook) return false;
  if (Array.isArray(known)) return known.every((item) => lacks(item, beginning, depth + 1));
  for (const key in known) if (!lacks((known as Json)[key], beginning, depth + 1)) return false;
  return true;
}

/** Attributes that may be made from a policy document, which then speaks in their place. */
export const isPolicy = (key: string): boolean => /polic(?:y|ies)|json|document/.test(key);

function opensPolicy(unknown: unknown, depth: number): boolean {
  if (typeof unknown !== 'object' || unknown === null) return false;
  if (depth > deepestLook) return true;
  for (const key in unknown) if (opensPolicyAt(key, (unknown as Json)[key], depth)) return true;
  return false;
}

const opensPolicyAt = (key: string, unknown: unknown, depth: number): boolean =>
  unknown === true ? isPolicy(key) : opensPolicy(unknown, depth + 1);

/** Short values are made anew each time: keeping those of ten thousand resources takes longer. */
const isCheap = (value: Value): boolean =>
  value.kind === 'absent' || (value.kind === 'scalar' && (typeof value.value !== 'string' || value.value.length < 200));

const own = (object: Json | undefined, key: string): unknown =>
  object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;

/** Keys that have a value or will have one. Whoever reads every string of ten thousand resources asks for them. */
function namesIn(known: Json, unknown: Json): readonly string[] {
  const names: string[] = [];
  for (const key of Object.keys(known)) if (known[key] !== null) names.push(key);
  for (const key of Object.keys(unknown)) {
    if (unknown[key] === true && (!Object.hasOwn(known, key) || known[key] === null)) names.push(key);
  }
  return names;
}
