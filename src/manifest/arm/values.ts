import { createHash } from 'node:crypto';
import type { Dict, List, Reference, Scalar, Unknown, Value } from '#model/value.js';

/** Something that cannot be told before deployment and may also turn out to be null, which Azure reads as not there. */
export const open = (settledBy: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy: short(settledBy),
  maybeAbsent: true,
  at,
});

/** The same of what is made of other values: where everybody may look at what is open in one of these, so it is with this. */
export const openOf = (made: readonly Value[], settledBy: string, at: number): Unknown =>
  isShown(made, new Set()) ? { ...open(settledBy, at), shown: true } : open(settledBy, at);

/** Each list is looked into once: variables can be made of each other until there are 2^100 ways to an item. */
function isShown(values: readonly (string | Value)[], seen: Set<Value>): boolean {
  return values.some((value) => {
    if (typeof value === 'string') return false;
    if (value.kind === 'unknown') return value.shown === true;
    if (value.kind === 'text') return isShown(value.parts, seen);
    if (value.kind !== 'list' || seen.has(value)) return false;
    seen.add(value);
    return isShown(value.open ? [...value.items, value.open] : value.items, seen);
  });
}

/** How the name of the group of the file itself reads. */
export const ownGroup = 'the name of the resource group';

export const scalar = (value: string | number | boolean | null, at: number): Scalar => ({ kind: 'scalar', value, at });

/** A string that is made only at deployment, and never empty. */
export const madeText = (settledBy: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy: short(settledBy),
  not: [''],
  at,
});

/** A value with the place it is used at. */
export const placed = (value: Value, at: number): Value =>
  value.at === at || value.kind === 'dict' ? value : { ...value, at };

export const isNull = (value: Value): boolean =>
  (value.kind === 'scalar' && value.value === null) || value.kind === 'absent';

/** Long spellings are cut, with a digest in place of what is cut off: two of them must not look the same. */
const short = (text: string): string =>
  text.length <= 160 ? text : `${text.slice(0, 140)}…${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;

/** A value in words that are the same for two values that are surely the same. */
export function describe(value: Value, depth = 0): string {
  switch (value.kind) {
    case 'scalar':
      return typeof value.value === 'string' ? `'${value.value}'` : String(value.value);
    case 'text':
      return `'${value.parts.map((part) => (typeof part === 'string' ? part : `{${describePart(part)}}`)).join('')}'`;
    case 'unknown':
    case 'reference':
      return describePart(value);
    case 'absent':
      return 'null';
    case 'list':
      if (depth > 2 || value.items.length > 8) return `a list of ${value.items.length}`;
      return `[${value.items.map((item) => describe(item, depth + 1)).join(', ')}${value.open ? ', …' : ''}]`;
    case 'dict':
      return `an object with ${value.keys().join(', ')}`;
  }
}

export const describePart = (part: Unknown | Reference): string =>
  part.kind === 'unknown' ? part.settledBy : part.attribute === undefined ? part.to : `${part.to}.${part.attribute}`;

/** Values share parts, so a small template can stand for endless ones; what is compared or printed is bounded. */
interface Budget {
  left: number;
}

const budget = (): Budget => ({ left: 20_000 });

/** Whether two values are equal as Azure compares them, if that can be told. */
export function same(left: Value, right: Value, limit = budget()): boolean | undefined {
  limit.left -= 1;
  if (limit.left < 0) return undefined;
  if (isNull(left) && isNull(right)) return true;
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.value === right.value;
  if (left.kind === 'unknown' || right.kind === 'unknown') return sameOpen(left, right);
  if (left.kind === 'text' || right.kind === 'text') return sameText(left, right);
  if (left.kind === 'reference' || right.kind === 'reference') return undefined;
  if (left.kind === 'list' && right.kind === 'list') return sameList(left, right, limit);
  if (left.kind === 'dict' && right.kind === 'dict') return sameDict(left, right, limit);
  return false;
}

function sameList(left: List, right: List, limit: Budget): boolean | undefined {
  if (left.open || right.open) return undefined;
  if (left.items.length !== right.items.length) return false;
  return every(left.items.map((item, index) => same(item, right.items[index] as Value, limit)));
}

function sameDict(left: Dict, right: Dict, limit: Budget): boolean | undefined {
  if (left.open || right.open) return undefined;
  const keys = left.keys();
  if (keys.length !== right.keys().length) return false;
  return every(keys.map((key) => same(left.get(key), right.get(key), limit)));
}

function sameOpen(left: Value, right: Value): boolean | undefined {
  const [unknown, other] = left.kind === 'unknown' ? [left, right] : [right, left];
  if (unknown.kind !== 'unknown' || other.kind !== 'scalar') return undefined;
  return unknown.not?.includes(String(other.value ?? '')) ? false : undefined;
}

/** Two strings with open parts differ where their known beginnings or endings do. */
function sameText(left: Value, right: Value): boolean | undefined {
  const [a, b] = [edges(left), edges(right)];
  if (!a || !b) return undefined;
  const begins = a.start.startsWith(b.start) || b.start.startsWith(a.start);
  const ends = a.end.endsWith(b.end) || b.end.endsWith(a.end);
  return begins && ends ? undefined : false;
}

function edges(value: Value): { start: string; end: string } | undefined {
  if (value.kind === 'scalar') return { start: String(value.value ?? ''), end: String(value.value ?? '') };
  if (value.kind !== 'text') return undefined;
  const [first, last] = [value.parts[0], value.parts.at(-1)];
  return { start: typeof first === 'string' ? first : '', end: typeof last === 'string' ? last : '' };
}

export function every(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** A list or object as it would be in JSON, or undefined when a part of it is open. */
export function plain(value: Value, limit = budget()): { json: unknown } | undefined {
  limit.left -= 1;
  if (limit.left < 0) return undefined;
  if (value.kind === 'absent') return { json: null };
  if (value.kind === 'scalar') return { json: value.value };
  if (value.kind === 'list' && !value.open) {
    const items = value.items.map((item) => plain(item, limit));
    return items.includes(undefined) ? undefined : { json: items.map((item) => item?.json) };
  }
  if (value.kind !== 'dict' || value.open) return undefined;
  const pairs: [string, unknown][] = [];
  for (const key of value.keys()) {
    const known = plain(value.get(key), limit);
    if (!known) return undefined;
    pairs.push([key, known.json]);
  }
  // fromEntries makes own properties even of `__proto__`.
  return { json: Object.fromEntries(pairs) };
}
