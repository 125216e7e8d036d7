import type { Reference, Unknown, Value } from '#model/value.js';
import { texts } from './texts.js';
import { describe, same } from './values.js';

/** A resource by its type and the names of each part of the type. */
export interface Identity {
  type: string;
  names: readonly Value[];
}

/** The pieces of a path between its slashes, or undefined for what is no text. An open part is held to have no slash. */
export function segments(value: Value): Value[] | undefined {
  if (value.kind !== 'scalar' && value.kind !== 'text' && value.kind !== 'unknown' && value.kind !== 'reference') {
    return undefined;
  }
  const parts = value.kind === 'scalar' ? [String(value.value ?? '')] : value.kind === 'text' ? value.parts : [value];
  const found: (string | Unknown | Reference)[][] = [[]];
  for (const part of parts) {
    const [first, ...rest] = typeof part === 'string' ? part.split('/') : [part];
    found.at(-1)?.push(first as string | Unknown | Reference);
    for (const piece of rest) found.push([piece as string]);
  }
  return found.map((pieces) => texts(pieces, value.at));
}

const known = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' ? String(value.value ?? '') : undefined;

/** Reads an id, whole or from its provider on. An id that spells out its subscription is of a place of its own. */
export function identify(value: Value): Identity | undefined {
  const all = segments(value);
  if (!all) return undefined;
  const isElsewhere = known(all[1])?.toLowerCase() === 'subscriptions' && known(all[2]) !== undefined;
  const provider = all.findLastIndex((each) => known(each)?.toLowerCase() === 'providers');
  const rest = all.slice(provider + 1).filter((each) => known(each) !== '');
  const [namespace, ...path] = rest;
  if (isElsewhere || !known(namespace)?.includes('.') || path.length === 0 || path.length % 2 === 1) return undefined;
  const kinds = path.filter((_, index) => index % 2 === 0).map(known);
  if (kinds.includes(undefined)) return undefined;
  return { type: [known(namespace), ...kinds].join('/'), names: path.filter((_, index) => index % 2 === 1) };
}

/** Whether two names are the same, told without a world; Azure ignores their case. */
export function sameName(left: Value, right: Value): 'yes' | 'no' | 'maybe' {
  if (describe(left).toLowerCase() === describe(right).toLowerCase()) return 'yes';
  const [a, b] = [known(left), known(right)];
  if (a !== undefined && b !== undefined) return 'no';
  return same(lowered(left), lowered(right)) === false || differByText(left, right) ? 'no' : 'maybe';
}

const lowered = (value: Value): Value => {
  if (value.kind === 'scalar') return { ...value, value: String(value.value).toLowerCase() };
  if (value.kind !== 'text') return value;
  return { ...value, parts: value.parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)) };
};

/** The same open parts around different words, such as `{name}-logs` and `{name}-keys`. */
function differByText(left: Value, right: Value): boolean {
  if (left.kind !== 'text' || right.kind !== 'text' || left.parts.length !== right.parts.length) return false;
  return left.parts.every((part, index) => {
    const twin = right.parts[index];
    if (typeof part === 'string') return typeof twin === 'string';
    return typeof twin === 'object' && describe(part) === describe(twin);
  });
}

/** Whether all names are the same. */
export function sameNames(left: readonly Value[], right: readonly Value[]): 'yes' | 'no' | 'maybe' {
  if (left.length !== right.length) return 'maybe';
  const answers = left.map((name, index) => sameName(name, right[index] as Value));
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}
