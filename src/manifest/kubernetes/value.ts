import { mayBeJson } from '#model/json-text.js';
import type { Absent, Dict, List, Scalar, Unknown, Value } from '#model/value.js';
import type { Raw, RawMap, RawScalar } from '../yaml/tree.js';
import { Later, orUnknown } from './later.js';

export const absent = (at: number): Absent => ({ kind: 'absent', at });

export const unknown = (settledBy: string, at: number): Unknown => ({ kind: 'unknown', settledBy, at });

/** What may be any value, or nothing. */
export const open = (settledBy: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy,
  maybeAbsent: true,
  at,
});

/** What is written, as a value. Null is absent, as the API server reads it. `at` is where a person looks for it. */
export function toValue(raw: Raw, at: number = raw.at): Value {
  if (raw instanceof Later) return raw.what;
  if (raw.kind === 'map') return new RawDict(raw, at);
  if (raw.kind === 'seq') return listOf(raw.items, at);
  if (raw.value === null) return absent(at);
  if (typeof raw.value === 'string' && hasPlaceholder(raw.value)) return filledOf(raw, at);
  return raw.at === at ? raw : { ...raw, at };
}

/** A string that is nothing but a placeholder, or an ARN with one; elsewhere a dollar sign may stand for itself. */
const hasPlaceholder = (text: string): boolean => /^(?:\$\{\w+\}$|arn:.*\$)/.test(text);

/** A string as it is once its placeholders are filled in; of a secret one nothing is told. */
export function filledOf(raw: RawScalar, at: number): Value {
  const filled = filledLater(String(raw.value), at);
  if (!raw.sensitive) return filled;
  return filled.kind === 'unknown' ? unknown('a placeholder that is sensitive', at) : hushed(filled);
}

/** A value made from a secret. */
export const hushed = (value: Value): Value =>
  value.kind === 'scalar' || value.kind === 'text' ? { ...value, sensitive: true } : value;

/** A string with placeholders such as `${REGION}` or `$(REGION)`, which something fills in before it is used. */
function filledLater(text: string, at: number): Value {
  const parts = text
    .split(/(\$\{[^}]{0,500}\}|\$\([^)]{0,500}\)|\{\{[^{}]{0,500}\}\})/)
    .map((part, index) => (index % 2 === 1 ? unknown(`placeholder ${part}`, at) : part))
    .filter((part) => part !== '');
  const [only] = parts;
  if (parts.length > 1) return { kind: 'text', parts, at };
  return typeof only === 'object' ? only : { kind: 'scalar', value: text, at };
}

function listOf(items: readonly Raw[], at: number): List {
  return { kind: 'list', items: items.map((item) => toValue(item)).filter((item) => item.kind !== 'absent'), at };
}

/**
 * A mapping that makes its values when they are asked for and keeps none: a stream of ten thousand objects is judged
 * once, and what was made for one of them must not stay.
 */
export class RawDict implements Dict {
  readonly kind = 'dict';
  readonly open?: Unknown;

  constructor(
    private readonly raw: RawMap,
    readonly at: number,
    open?: Unknown,
  ) {
    if (open) this.open = open;
  }

  keys(): readonly string[] {
    return [...this.raw.entries.keys()];
  }

  get(key: string): Value {
    const entry = this.raw.entries.get(key);
    const value = entry && toValue(entry.value, entry.at);
    if (value && value.kind !== 'absent') return value;
    return this.open ?? absent(this.at);
  }

  lacks(sought: string | RegExp, key?: string): boolean {
    const raw = key === undefined ? this.raw : this.raw.entries.get(key)?.value;
    return raw !== undefined && lacks(raw, sought, 0);
  }
}

/** Deeper than this nobody looks, so nobody can say. */
const deepestLook = 40;

function lacks(raw: Raw, sought: string | RegExp, depth: number): boolean {
  // What is not known yet begins with nothing, and may match any pattern.
  if (raw instanceof Later) return typeof sought === 'string';
  if (raw.kind === 'scalar') return typeof raw.value !== 'string' || !mayHold(raw.value, sought);
  if (sought === 'arn:' && raw.kind === 'map' && raw.arns !== undefined) return raw.arns === 0;
  if (depth > deepestLook) return false;
  if (raw.kind === 'seq') {
    for (const item of raw.items) if (!lacks(item, sought, depth + 1)) return false;
    return true;
  }
  for (const { value } of raw.entries.values()) if (!lacks(value, sought, depth + 1)) return false;
  return true;
}

/** Placeholders are filled in with anything. */
const mayHold = (text: string, sought: string | RegExp): boolean =>
  typeof sought === 'string'
    ? text.startsWith(sought) || (mayBeJson(text) && text.includes(sought))
    : sought.test(text) || hasPlaceholder(text);

/** A mapping some of whose values are worked out from elsewhere, each at most once. */
export class Layered implements Dict {
  readonly kind = 'dict';
  readonly at: number;
  readonly open?: Unknown;
  readonly written?: Dict;
  private readonly made = new Map<string, Value>();

  /** `written` is what a person wrote of it, where all the rest is worked out from there. */
  constructor(
    private readonly base: Dict,
    private readonly over: Readonly<Record<string, () => Value>>,
    written?: Dict,
  ) {
    this.at = base.at;
    if (base.open) this.open = base.open;
    if (written) this.written = written;
  }

  keys(): readonly string[] {
    return [...new Set([...this.base.keys(), ...Object.keys(this.over)])];
  }

  lacks(sought: string | RegExp, key?: string): boolean {
    const isOver = key !== undefined && Object.hasOwn(this.over, key);
    if (!isOver && this.base.lacks?.(sought, key) !== true) return false;
    const names = key === undefined ? Object.keys(this.over) : isOver ? [key] : [];
    return names.every((name) => {
      const value = this.get(name);
      return value.kind === 'absent' || (value.kind === 'dict' && value.lacks?.(sought) === true);
    });
  }

  get(key: string): Value {
    if (!Object.hasOwn(this.over, key)) return this.base.get(key);
    let value = this.made.get(key);
    if (!value) {
      value = orUnknown(this.over[key] as () => Value);
      this.made.set(key, value);
    }
    return value;
  }
}

/** The mapping under a key, if there is one. */
export function mapAt(raw: Raw | undefined, key: string): RawMap | undefined {
  const value = raw?.kind === 'map' ? raw.entries.get(key)?.value : undefined;
  return value?.kind === 'map' ? value : undefined;
}

/** The items under a key; none where there is no list. */
export function itemsAt(raw: Raw | undefined, key: string): readonly Raw[] {
  const value = raw?.kind === 'map' ? raw.entries.get(key)?.value : undefined;
  return value?.kind === 'seq' ? value.items : [];
}

/** The scalar under a key as text. */
export function textAt(raw: Raw | undefined, key: string): string | undefined {
  const value = raw?.kind === 'map' ? raw.entries.get(key)?.value : undefined;
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

/** What a scalar says, and whether nobody may see it. */
export const scalarOf = ({ value, sensitive }: RawScalar, at: number): Scalar => ({
  kind: 'scalar',
  value,
  at,
  ...(sensitive ? { sensitive } : {}),
});

/** The name under a key where it may be shown, as a part of what something is called. */
export function nameAt(raw: Raw | undefined, key: string): string | undefined {
  const name = orUnknown(() => textAt(raw, key));
  return typeof name === 'string' && spokenAt(raw, key) === name ? name : undefined;
}

/** The scalar under a key in a sentence for people; undefined where there is none or it is not known. */
export function spokenAt(raw: Raw | undefined, key: string): string | undefined {
  const text = orUnknown(() => textAt(raw, key));
  if (typeof text !== 'string') return undefined;
  const value = raw?.kind === 'map' ? raw.entries.get(key)?.value : undefined;
  return value?.kind === 'scalar' && value.sensitive ? '(sensitive)' : text;
}
