import { spellsSecret } from '#model/secret-text.js';
import type { Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { Later } from './later.js';
import type { KubernetesObject } from './objects.js';
import { mapAt, unknown } from './value.js';

/** A stretch of text nobody may see. */
export interface Stretch {
  from: number;
  to: number;
  /** Whether it stands in brackets. */
  inBrackets: boolean;
}

/** Parts of a Secret that hold what it hides; kubectl keeps a copy of them in an annotation. */
const hidden = ['data', 'stringData'];

/**
 * Where a Secret's data stand in the text: from the key to the next key of the object, or to the next object. `end` is
 * where that begins.
 */
export function secretStretches(object: KubernetesObject, text: string, end: number): Stretch[] {
  if (object.type !== 'Secret') return [];
  const metadata = mapAt(object.raw, 'metadata');
  const starts = keysOf(object.raw, [...hidden, 'metadata']);
  const inside = keysOf(metadata, ['annotations', 'managedFields']);
  const stops = [...starts.all, ...inside.all, end].sort((left, right) => left - right);
  const stretch = (map: RawMap) => (from: number) => ({
    from,
    to: stops.find((stop) => stop > from) ?? end,
    inBrackets: isInBrackets(map, text),
  });
  return [
    ...hidden.flatMap((key) => starts.named.get(key) ?? []).map(stretch(object.raw)),
    ...(metadata ? [...inside.named.values()].map(stretch(metadata)) : []),
  ];
}

/** Whether a mapping is written in braces: the first of its keys then comes after one. */
function isInBrackets({ entries }: RawMap, text: string): boolean {
  const first = Math.min(...[...entries.values()].map(({ at }) => at));
  return /\{\s*$/.test(text.slice(text.lastIndexOf('{', first), first));
}

function keysOf(map: RawMap | undefined, wanted: readonly string[]): { all: number[]; named: Map<string, number> } {
  const named = new Map<string, number>();
  const all: number[] = [];
  for (const [key, { at }] of map?.entries ?? []) {
    all.push(at);
    if (wanted.includes(key)) named.set(key, at);
  }
  return { all, named };
}

/**
 * The text with those stretches made unreadable; every other character keeps its place. What stands on lines of its own becomes
 * comments, and of what stands in brackets those around it are left, so that the rest is YAML still and can be judged again.
 */
export function masked(text: string, stretches: readonly Stretch[]): string {
  let result = '';
  let done = 0;
  for (const { from, to, inBrackets } of [...stretches].sort((left, right) => left.from - right.from)) {
    if (to <= done) continue;
    const start = Math.max(from, done);
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const hides = inBrackets ? emptied : /^[\s-]*$/.test(before) ? asComments : blotted;
    result += text.slice(done, start) + hides(text.slice(start, to));
    done = to;
  }
  return result + text.slice(done);
}

const blotted = (text: string): string => text.replace(/[^\s]/g, '*');

/** What begins the next document of a stream is no part of this one. */
const asComments = (text: string): string =>
  text
    .split('\n')
    .map((line, at) => (at > 0 && /^---(?=\s|$)/.test(line) ? `---${commented(line.slice(3))}` : commented(line)))
    .join('\n');

const commented = (line: string): string => blotted(line).replace('*', '#');

/** What is quoted, a comment, or any other character. Hostile texts are long: nothing here looks further back than one of these. */
const token = /(?<![^\s,[{:])(?:"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^']*(?:''[^']*)*')|(?<=\s)#.*|[\s\S]/g;

/** Nothing but what closes the brackets around it, and what divides that from what comes next. */
function emptied(text: string): string {
  let [depth, lowest] = [0, 0];
  let isClosed = false;
  return text.replace(token, (each) => {
    if (/^[[{]$/.test(each)) depth += 1;
    else if (/^[\]}]$/.test(each)) depth -= 1;
    const isCloser = depth < lowest;
    lowest = Math.min(depth, lowest);
    const isDivider = (each === ',' && isClosed) || (each === '-' && lowest < 0);
    isClosed = isCloser || (isClosed && /^\s|^#/.test(each));
    return isCloser || isDivider ? each : each.replace(/\S/g, ' ');
  });
}

/** What a Secret may show: certificates without their keys. */
const certificate = /^\s*-----BEGIN (?:TRUSTED )?CERTIFICATE-----(?![\s\S]*PRIVATE KEY)/;

/** Entries of a Secret that say what it is for and where, as those of Argo CD and of databases do. */
const besides =
  /^(?:bucket|database|db|db_?name|email|enable[A-Z]\w*|host(?:name)?|insecure|name|namespace|port|project|protocol|region|registry|scheme|server|type|user(?:_?name)?)$/i;

/** What stands for a text that is put in before the manifest is applied. */
const filledIn = /\$\{|\{\{|\$\(/;

/** Whether the manifest spells out a value of a Secret: unknown where something comes into it, or a plan knows it later. */
export function speltIn({ raw, at }: KubernetesObject): Value {
  const values = hidden.flatMap((key) =>
    [...(mapAt(raw, key)?.entries ?? [])].map(([name, { value }]) =>
      besides.test(name) ? undefined : speltBy(value, key, at),
    ),
  );
  const is = (wanted: Value['kind']) => values.find((each) => each?.kind === wanted);
  return is('scalar') ?? is('unknown') ?? { kind: 'scalar', value: false, at };
}

/** What one value says of that; undefined where it is none. */
function speltBy(value: Raw, key: string, at: number): Value | undefined {
  if (value instanceof Later) return value.what;
  if (value.kind !== 'scalar' || value.value === null) return undefined;
  const text = plain(String(value.value), key);
  if (!spellsSecret(text) || certificate.test(text)) return undefined;
  return filledIn.test(text) ? unknown('what is filled in', at) : { kind: 'scalar', value: true, at };
}

/** A value as it is used; a placeholder stands in the place of Base64 too. */
const plain = (written: string, key: string): string =>
  key === 'data' && spellsSecret(written) && !filledIn.test(written)
    ? Buffer.from(written, 'base64').toString()
    : written;
