import type { Dict, List, Unknown, Value } from '#model/value.js';
import { LooseDict } from '../dict.js';
import { texts } from '../texts.js';
import { isNull, open, same, scalar } from '../values.js';
import { type Functions, mostItems, numberIn, type Place, settledLater, textIn } from './function.js';

const listed = (items: readonly Value[], at: number, more?: Unknown): Value | undefined =>
  items.length > mostItems ? undefined : { kind: 'list', items, at, ...(more ? { open: more } : {}) };

/** Lists one after another; an open one leaves the whole open. */
export function concatLists(operands: readonly Value[], at: number): Value | undefined {
  let more: Unknown | undefined;
  const items = operands.flatMap((each) => {
    if (each.kind === 'list') {
      more ??= each.open;
      return each.items;
    }
    if (each.kind === 'unknown') more ??= each;
    else if (!isNull(each)) more ??= open('a concat of lists and other values', at);
    return [];
  });
  return listed(items, at, more);
}

function union(operands: readonly Value[], at: number): Value | undefined {
  if (operands.some((each) => each.kind === 'list')) {
    const all = concatLists(operands, at);
    if (all?.kind !== 'list') return undefined;
    const distinct = all.items.length > 500 ? all.items : all.items.filter((item, index) => isFirst(item, index, all));
    return { ...all, items: distinct };
  }
  return operands.some((each) => each.kind === 'dict') ? merged(operands, at, 0) : undefined;
}

const isFirst = (item: Value, index: number, { items }: List): boolean =>
  !items.slice(0, index).some((earlier) => same(earlier, item) === true);

/** The objects of a list laid over one another, and nothing under their keys: what `...` of Bicep becomes. */
function shallowMerge([all]: readonly Value[], { at }: Place): Value | undefined {
  if (all?.kind !== 'list' || all.open || !all.items.some((each) => each.kind === 'dict')) return undefined;
  return merged(all.items, at, deepestMerge + 1);
}

const deepestMerge = 20;

/** Objects laid over one another: the last that has a key counts, objects under the same key are merged in turn. */
function merged(operands: readonly Value[], at: number, depth: number): Dict {
  const layers = operands.filter((each) => !isNull(each));
  const more = layers.find((each) => each.kind !== 'dict' || each.open);
  const unsettled = more && open(more.kind === 'unknown' ? more.settledBy : 'a union', at);
  const names = new Map<string, string>();
  for (const layer of layers) {
    for (const key of layer.kind === 'dict' ? layer.keys() : []) {
      if (!names.has(key.toLowerCase())) names.set(key.toLowerCase(), key);
    }
  }
  const entries = [...names.values()].map((key) => [key, () => topmost(layers, key, at, depth)] as const);
  return new LooseDict(entries, at, unsettled);
}

function topmost(layers: readonly Value[], key: string, at: number, depth: number): Value {
  const found: Value[] = [];
  for (const layer of [...layers].reverse()) {
    const value =
      layer.kind === 'dict' ? layer.get(key) : open(layer.kind === 'unknown' ? layer.settledBy : 'a union', at);
    if (value.kind === 'absent') continue;
    found.unshift(value);
    if (value.kind !== 'dict') break;
  }
  const last = found.at(-1);
  if (!last) return { kind: 'absent', at };
  // An open layer over or under an object may add to it or replace it.
  if (last.kind !== 'dict' || found.length === 1 || depth > deepestMerge) return last;
  return merged(found, at, depth + 1);
}

/** How many items, keys or characters; undefined where there may be more. */
function size(value: Value | undefined): number | undefined {
  if (value?.kind === 'list') return value.open ? undefined : value.items.length;
  if (value?.kind === 'dict') return value.open ? undefined : value.keys().length;
  return textIn(value)?.length;
}

function empty([value]: readonly Value[], { at }: Place): Value | undefined {
  if (!value) return undefined;
  if (isNull(value)) return scalar(true, at);
  if (value.kind === 'unknown') return value.not?.includes('') ? scalar(false, at) : undefined;
  if (value.kind === 'text')
    return value.parts.some((part) => typeof part === 'string') ? scalar(false, at) : undefined;
  if (value.kind === 'list' && value.items.length > 0) return scalar(false, at);
  if (value.kind === 'dict' && value.keys().length > 0) return scalar(false, at);
  const known = size(value);
  return known === undefined ? undefined : scalar(known === 0, at);
}

function contains([container, wanted]: readonly Value[], { at }: Place): Value | undefined {
  if (!container || !wanted) return undefined;
  const text = textIn(container);
  const part = wanted.kind === 'scalar' ? String(wanted.value) : undefined;
  if (text !== undefined) return part === undefined ? undefined : scalar(text.includes(part), at);
  if (container.kind === 'dict') {
    if (part === undefined) return undefined;
    if (container.keys().some((key) => key.toLowerCase() === part.toLowerCase())) return scalar(true, at);
    return container.open ? undefined : scalar(false, at);
  }
  if (container.kind !== 'list') return undefined;
  const answers = container.items.map((item) => same(item, wanted));
  if (answers.includes(true)) return scalar(true, at);
  return container.open || answers.includes(undefined) ? undefined : scalar(false, at);
}

function end(
  pick: (items: readonly Value[]) => Value | undefined,
  letter: (text: string) => string,
  fromStart: boolean,
) {
  return ([value]: readonly Value[], { at }: Place): Value | undefined => {
    const text = textIn(value);
    if (text !== undefined) return scalar(letter(text), at);
    if (value?.kind !== 'list' || (value.open && !(fromStart && value.items.length > 0))) return undefined;
    return pick(value.items) ?? scalar(null, at);
  };
}

/** A part of a list or string: from an offset, of a length. */
const part =
  (range: (count: number) => [number, number | undefined]) =>
  ([value, amount]: readonly Value[], { at }: Place): Value | undefined => {
    const count = numberIn(amount);
    if (count === undefined) return undefined;
    const [from, to] = range(Math.max(0, count));
    const text = textIn(value);
    if (text !== undefined) return scalar(text.slice(from, to), at);
    return value?.kind === 'list' && !value.open ? listed(value.items.slice(from, to), at) : undefined;
  };

function join([list, by]: readonly Value[], place: Place): Value | undefined {
  const sign = textIn(by);
  if (list?.kind !== 'list' || list.open || sign === undefined) return undefined;
  return texts(
    list.items.flatMap((item, index) => (index === 0 ? [item] : [sign, item])),
    place.at,
  );
}

function createObject(operands: readonly Value[], { at }: Place): Value {
  const entries: [string, () => Value][] = [];
  let more: Unknown | undefined;
  for (let index = 0; index + 1 < operands.length; index += 2) {
    const [key, value] = [operands[index] as Value, operands[index + 1] as Value];
    if (key.kind === 'scalar') entries.push([String(key.value), () => value]);
    else more ??= open(`the name of a property, ${key.kind === 'unknown' ? key.settledBy : 'a made text'}`, at);
  }
  return new LooseDict(entries, at, more);
}

function range([from, count]: readonly Value[], { at }: Place): Value | undefined {
  const [start, length] = [numberIn(from), numberIn(count)];
  if (start === undefined || length === undefined || length < 0 || length > mostItems) return undefined;
  return listed(
    Array.from({ length }, (_, index) => scalar(start + index, at)),
    at,
  );
}

/** `tryGet(of, key…)`: the property or item, or null where it is not there. */
function tryGet([of, ...keys]: readonly Value[], place: Place): Value | undefined {
  let value = of;
  for (const key of keys) {
    if (!value || value.kind === 'unknown' || key.kind !== 'scalar') return undefined;
    if (value.kind === 'dict') value = value.get(String(key.value));
    else if (value.kind === 'list') value = value.items[Number(key.value)] ?? value.open;
    else value = undefined;
    if (!value || value.kind === 'absent') return scalar(null, place.at);
  }
  return value;
}

/** The entries of an object, in the order of their keys. */
function entriesOf(of: Value | undefined, at: number, make: (key: string, of: Dict) => Value): Value | undefined {
  if (of?.kind !== 'dict') return undefined;
  const keys = [...of.keys()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return listed(
    keys.map((key) => make(key, of)),
    at,
    of.open,
  );
}

const pair = (key: string, of: Dict, at: number): Value =>
  new LooseDict(
    [
      ['key', () => scalar(key, at)],
      ['value', () => (of instanceof LooseDict ? of.raw(key) : of.get(key))],
    ],
    at,
  );

/** The items of the lists in a list. */
function flatten([all]: readonly Value[], { at }: Place): Value | undefined {
  if (all?.kind !== 'list') return undefined;
  const whole = concatLists(all.items, at);
  return whole?.kind === 'list' && all.open ? { ...whole, open: whole.open ?? all.open } : whole;
}

export const list: Functions = [
  ['items', ([of], { at }) => entriesOf(of, at, (key, dict) => pair(key, dict, at))],
  ['objectkeys', ([of], { at }) => entriesOf(of, at, (key) => scalar(key, at))],
  ['flatten', flatten],
  ['union', (operands, { at }) => union(operands, at)],
  ['shallowmerge', shallowMerge],
  ['createarray', (operands, { at }) => listed(operands, at)],
  ['createobject', createObject],
  [
    'array',
    ([value], { at }) =>
      !value || value.kind === 'unknown' ? undefined : value.kind === 'list' ? value : listed([value], at),
  ],
  [
    'length',
    ([value], place) => {
      const known = size(value);
      return known === undefined ? value && settledLater([value], place) : scalar(known, place.at);
    },
  ],
  ['empty', empty],
  ['contains', contains],
  [
    'first',
    end(
      (items) => items[0],
      (text) => text.slice(0, 1),
      true,
    ),
  ],
  [
    'last',
    end(
      (items) => items.at(-1),
      (text) => text.slice(-1),
      false,
    ),
  ],
  ['take', part((count) => [0, count])],
  ['skip', part((count) => [count, undefined])],
  ['join', join],
  ['range', range],
  ['tryget', tryGet],
];
