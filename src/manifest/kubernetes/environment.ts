import { type Dict, dictOf, type Reference, type Unknown, type Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { Later } from './later.js';
import { absent, hushed, itemsAt, mapAt, open, spokenAt, textAt, toValue, unknown } from './value.js';

type Part = string | Unknown | Reference;

/** Pieces of a string, joined into the simplest value that says the same. */
export function joined(pieces: readonly (string | Value)[], at: number): Value {
  const parts: Part[] = [];
  for (const part of pieces.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  const [only] = parts;
  if (only === undefined) return { kind: 'scalar', value: '', at };
  if (parts.length > 1) return { kind: 'text', parts, at };
  return typeof only === 'string' ? { kind: 'scalar', value: only, at } : { ...only, at };
}

function partsOf(piece: string | Value): readonly Part[] {
  if (typeof piece === 'string') return [piece];
  if (piece.kind === 'scalar') return [String(piece.value)];
  if (piece.kind === 'text') return piece.parts;
  return piece.kind === 'unknown' ? [piece] : [];
}

/** Variables a controller puts into pods: one word each, an address or a number, and never a flag. */
const injected = /^(?:LWS_(?:GROUP_SIZE|LEADER_ADDRESS|WORKER_INDEX)|JOB_COMPLETION_INDEX)$/;

/** Those every container has besides. */
const always = /^(?:HOSTNAME|KUBERNETES_SERVICE_(?:HOST|PORT))$/;

/** What a shell has for a variable: a controller's stands for itself. */
export function shellVariable(name: string, environment: Dict, at: number): Value {
  const value = environment.get(name);
  const isPutIn = value.kind === 'absent' && (injected.test(name) || always.test(name));
  return isPutIn ? { kind: 'scalar', value: name, at } : value;
}

/** Fills in `$(NAME)` as the kubelet does: `$$` is a dollar sign, and a name nobody set stays as it is written. */
export function expanded(text: string, environment: Dict, at: number): Value {
  if (!text.includes('$')) return { kind: 'scalar', value: text, at };
  const pieces = text.split(/(\$\$|\$\([A-Za-z_][\w.-]*\))/).map((piece): string | Value => {
    if (piece === '$$') return '$';
    if (!piece.startsWith('$(') || !piece.endsWith(')')) return piece;
    const name = piece.slice(2, -1);
    const value = environment.get(name);
    if (value.kind !== 'absent') return value;
    return injected.test(name) ? name : piece;
  });
  return joined(pieces, at);
}

/** Looks up the config map or secret of a name beside the container; undefined where the manifests do not hold it. */
export type FindSource = (type: 'ConfigMap' | 'Secret', name: string) => Raw | undefined;

/**
 * A container's environment by name. What comes from a secret or the pod's own fields is unknown, and so is what comes from a
 * config map the manifests do not hold; with `envFrom` of one of those any name may be set. Values stand at their entry, so
 * that a finding shows the name and not the value.
 */
export function environmentOf(container: RawMap, fallback: Unknown | undefined, find: FindSource, at: number): Dict {
  const known = new Map<string, Value>();
  let more = fallback;
  for (const source of itemsAt(container, 'envFrom')) {
    const variables = variablesOf(source, find);
    for (const [name, value] of variables ?? []) known.set(name, value);
    if (variables) continue;
    // It may set any name, those set before it too.
    more = open(sourceOf(source), at);
    known.clear();
  }
  const environment = dictOf([], (name) => known.get(name) ?? more ?? absent(at), at, more);
  for (const item of itemsAt(container, 'env')) {
    const name = textAt(item, 'name');
    if (name === undefined) continue;
    const from = mapAt(item, 'valueFrom');
    const value = from ? fromElsewhere(from, find, item.at) : setBy(item, environment);
    known.set(name, value);
  }
  return dictOf(known.keys(), (name) => environment.get(name), at, more);
}

/** What an entry sets. */
function setBy(item: Raw, environment: Dict): Value {
  const raw = item.kind === 'map' ? item.entries.get('value')?.value : undefined;
  return written(raw, environment, item.at);
}

/** A string as the kubelet fills it in. */
export function written(raw: Raw | undefined, environment: Dict, at: number): Value {
  if (raw instanceof Later) return raw.what;
  if (raw?.kind !== 'scalar') return { kind: 'scalar', value: '', at };
  const value = expanded(String(raw.value ?? ''), environment, at);
  return raw.sensitive ? hushed(value) : value;
}

/** An environment with what a command line changes in it before a program starts. */
export function withAssigned(environment: Dict, assigned: ReadonlyMap<string, Value>): Dict {
  if (assigned.size === 0) return environment;
  const names = new Set([...environment.keys(), ...assigned.keys()]);
  return dictOf(names, (name) => assigned.get(name) ?? environment.get(name), environment.at, environment.open);
}

/** What one source of `envFrom` sets, if the manifests hold it. */
function variablesOf(source: Raw, find: FindSource): [string, Value][] | undefined {
  const isSecret = mapAt(source, 'secretRef') !== undefined;
  const name = textAt(mapAt(source, isSecret ? 'secretRef' : 'configMapRef'), 'name');
  const found = name === undefined ? undefined : find(isSecret ? 'Secret' : 'ConfigMap', name);
  if (!found) return undefined;
  const prefix = textAt(source, 'prefix') ?? '';
  const entries = ['data', 'stringData'].flatMap((key) => [...(mapAt(found, key)?.entries ?? [])]);
  return entries.map(([key, { value }]) => [
    prefix + key,
    isSecret ? { ...unknown(sourceOf(source), source.at), not: [''] } : toValue(value, source.at),
  ]);
}

/** A key that must be there has some value; an optional one may not be set at all. */
function fromElsewhere(from: RawMap, find: FindSource, at: number): Value {
  const reference = mapAt(from, 'configMapKeyRef');
  const map = reference && find('ConfigMap', textAt(reference, 'name') ?? '');
  const entry = mapAt(map, 'data')?.entries.get(textAt(reference, 'key') ?? '');
  if (entry) return toValue(entry.value, at);
  const settledBy = sourceOf(from);
  const isOptional = [...from.entries.keys()].some((key) => textAt(mapAt(from, key), 'optional') === 'true');
  return isOptional ? open(settledBy, at) : { ...unknown(settledBy, at), not: [''] };
}

function sourceOf(source: Raw): string {
  const prefix = source.kind === 'map' ? source.entries : new Map();
  for (const [key, word] of [
    ['secretKeyRef', 'secret'],
    ['secretRef', 'secret'],
    ['configMapKeyRef', 'config map'],
    ['configMapRef', 'config map'],
  ] as const) {
    if (prefix.has(key)) return `${word} ${spokenAt(mapAt(source, key), 'name') ?? '(unnamed)'}`;
  }
  return 'the pod itself, once it runs';
}
