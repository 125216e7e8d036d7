import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Scalar } from '#model/fix.js';
import { aliasedIn, keyOf, type NodePath, pairOf, refusalOf } from './places.js';
import { holdsStrings, type Quotes, spell, spellKey } from './spelling.js';

/** What is to be written at a path of a document. */
export interface Order {
  path: NodePath;
  set?: Scalar;
  add?: Scalar;
}

/** A change to the text that carries out an order. */
export interface Change {
  start: number;
  end: number;
  text: string;
  /** The value as it will be read again. */
  value: Scalar;
  /** As it stands in the file now, where something is replaced. */
  before?: string;
}

/** How a text is laid out. */
export interface Layout {
  text: string;
  newline: string;
  /** Columns one level is indented by. */
  step: number;
  isJson: boolean;
}

/**
 * The smallest change of the text that carries out an order, or why there is none. It replaces one scalar or adds lines (in a
 * flow collection: words); nothing else is touched, so comments, quotes, long lines and tags stay as they are.
 */
export function changeFor(document: Document, order: Order, layout: Layout): Change | string {
  const aliased = aliasedIn(document);
  let node: unknown = document.contents;
  let pair: Pair | undefined;
  for (const [depth, key] of order.path.entries()) {
    const refusal = refusalOf(node, aliased);
    if (refusal) return refusal;
    const rest = order.path.slice(depth).map(String);
    if (isNothing(node) && pair) return underKey(pair, rest, order, layout);
    const next = step(node, key);
    if (typeof next === 'string') return next;
    if (next.pair) pair = next.pair;
    else if (isMap(node)) return addTo(node, rest, order, layout);
    node = next.node;
  }
  const refusal = refusalOf(node, aliased);
  if (refusal) return refusal;
  if (!pair) return 'there is nothing to write to';
  if (isNothing(node)) return underKey(pair, [], order, layout);
  return order.add === undefined ? replace(node, order, layout) : append(node, order.add, layout);
}

/** One key or index further down; without a pair where a mapping does not have the key. */
function step(node: unknown, key: string | number): { node?: unknown; pair?: Pair } | string {
  if (typeof key === 'number') {
    return isSeq(node) && key < node.items.length ? { node: node.items[key] } : 'its list is not written out';
  }
  if (key.startsWith('Fn::')) return `it stands in what ${key} makes`;
  if (!isMap(node)) return 'what stands there is no object';
  const pair = pairOf(node, key);
  return pair ? { node: pair.value, pair } : {};
}

/** `key:` with nothing behind it. */
const isNothing = (node: unknown): boolean =>
  node === null || (isScalar(node) && node.value === null && (node.source ?? '') === '');

function replace(node: unknown, order: Order, { text, isJson }: Layout): Change | string {
  if (!isScalar(node) || !node.range || order.set === undefined) return 'what stands there is no plain value';
  const [start, end] = node.range;
  const quotes = quotesOf(text[start], node.type);
  if (quotes === undefined) return 'what stands there is a block of text';
  const inherited = typeof order.set === 'string' && isJson ? 'double' : quotes;
  const spelt = spell(order.set, inherited);
  return { start, end, text: spelt.text, value: spelt.value, before: text.slice(start, end) };
}

function quotesOf(first: string | undefined, type: string | undefined): Quotes | undefined {
  if (type === 'PLAIN') return 'none';
  if (type === 'QUOTE_DOUBLE' && first === '"') return 'double';
  if (type === 'QUOTE_SINGLE' && first === "'") return 'single';
  return undefined;
}

function append(node: unknown, add: Scalar, layout: Layout): Change | string {
  if (!isSeq(node) || !node.range) return 'what stands there is no list';
  const spelt = spell(add, layout.isJson && typeof add === 'string' ? 'double' : 'none');
  const { value } = spelt;
  const last = node.items.at(-1) as Node | undefined;
  if (node.flow) {
    if (!last) return { start: node.range[0] + 1, end: node.range[0] + 1, text: spelt.text, value };
    const at = endOf(last);
    const first = startOf(node.items[0] as Node);
    return { start: at, end: at, text: `${separator(node.range[0], first, layout)}${spelt.text}`, value };
  }
  const at = last && lineEndBehind(last, layout.text);
  const dash = dashColumn(node, layout.text);
  if (at === undefined || dash === undefined) return 'its list is laid out in a way that is not known here';
  return { start: at, end: at, text: `${layout.newline}${' '.repeat(dash)}- ${spelt.text}`, value };
}

function dashColumn(node: YAMLSeq, text: string): number | undefined {
  const last = node.items.at(-1) as Node | undefined;
  if (!last?.range) return undefined;
  const begin = text.lastIndexOf('\n', last.range[0] - 1) + 1;
  const match = /^( *)- +$/.exec(text.slice(begin, last.range[0]));
  return match?.[1]?.length;
}

/** Puts something behind a key that has nothing behind it. */
function underKey(pair: Pair, rest: readonly string[], order: Order, layout: Layout): Change | string {
  const key = pair.key as Node;
  const colon = colonBehind(key, layout.text);
  if (colon === undefined) return 'its key is written in a way that is not known here';
  if (rest.length === 0) {
    const spelt = spellingOf(order, keyOf(pair), layout);
    return { start: colon, end: colon, text: ` ${spelt.text}`, value: spelt.value };
  }
  const end = restOfLine(colon, layout.text);
  const column = columnOf(startOf(key), layout.text);
  if (end === undefined || column === undefined) return 'its key is written in a way that is not known here';
  const { lines, value } = blockLines(rest, order, column + layout.step, layout);
  return { start: end, end, text: lines.map((line) => layout.newline + line).join(''), value };
}

function colonBehind(key: Node, text: string): number | undefined {
  const match = /^[ ]*:/.exec(text.slice(endOf(key), endOf(key) + 100));
  return match ? endOf(key) + match[0].length : undefined;
}

/** Adds keys a mapping does not have. */
function addTo(map: YAMLMap, rest: readonly string[], order: Order, layout: Layout): Change | string {
  if (map.items.some((pair) => keyOf(pair) === '<<')) return 'its mapping merges another one in';
  if (map.flow) return addToFlow(map, rest, order, layout);
  const [first] = map.items;
  const start = first && startOf(first.key as Node);
  const column = start === undefined ? undefined : columnOf(start, layout.text);
  if (column === undefined) return 'its mapping is laid out in a way that is not known here';
  for (const pair of [...map.items].reverse()) {
    const at = lineEndBehind((pair.value ?? pair.key) as Node, layout.text, pair);
    if (at === undefined) continue;
    const { lines, value } = blockLines(rest, order, column, layout);
    return { start: at, end: at, text: lines.map((line) => layout.newline + line).join(''), value };
  }
  return 'its mapping is laid out in a way that is not known here';
}

/** `A:\n  B:\n    C: value`, indented. */
function blockLines(
  keys: readonly string[],
  order: Order,
  column: number,
  layout: Layout,
): { lines: string[]; value: Scalar } {
  const parent = keys.at(-2) ?? order.path.at(-keys.length - 1);
  const spelt = spellingOf(order, parent, layout);
  const lines = keys.map((key, index) => {
    const indent = ' '.repeat(column + index * layout.step);
    return `${indent}${spellKey(key, false)}:${index === keys.length - 1 ? ` ${spelt.text}` : ''}`;
  });
  return { lines, value: spelt.value };
}

function addToFlow(map: YAMLMap, rest: readonly string[], order: Order, layout: Layout): Change | string {
  if (!map.range) return 'its mapping is laid out in a way that is not known here';
  const [open] = map.range;
  const [first] = map.items;
  const last = map.items.at(-1);
  const isQuoted = layout.isJson || (last !== undefined && layout.text[startOf(last.key as Node)] === '"');
  const spelt = spellingOf(order, rest.at(-2) ?? order.path.at(-rest.length - 1), layout);
  const isSpread = first !== undefined && layout.text.slice(open, startOf(first.key as Node)).includes('\n');
  const column = isSpread ? columnOf(startOf(first.key as Node), layout.text) : undefined;
  const words = flowWords(rest, spelt.text, isQuoted, column, layout);
  if (!first || !last) return { start: open + 1, end: open + 1, text: words, value: spelt.value };
  const at = flowEnd(last, layout.text);
  const text = `${separator(open, startOf(first.key as Node), layout)}${words}`;
  return { start: at, end: at, text, value: spelt.value };
}

/** `A: {B: value}`; over several lines where the mapping around it is. */
function flowWords(
  [key, ...rest]: readonly string[],
  value: string,
  isQuoted: boolean,
  column: number | undefined,
  layout: Layout,
): string {
  const name = spellKey(key ?? '', isQuoted);
  if (rest.length === 0) return `${name}: ${value}`;
  if (column === undefined) return `${name}: {${flowWords(rest, value, isQuoted, undefined, layout)}}`;
  const inner = column + layout.step;
  const words = flowWords(rest, value, isQuoted, inner, layout);
  return `${name}: {${layout.newline}${' '.repeat(inner)}${words}${layout.newline}${' '.repeat(column)}}`;
}

/** What stands between two members of a flow collection that opens at `open` and has its first member at `first`. */
function separator(open: number, first: number, layout: Layout): string {
  if (!layout.text.slice(open, first).includes('\n')) return ', ';
  return `,${layout.newline}${' '.repeat(columnOf(first, layout.text) ?? 0)}`;
}

function flowEnd(pair: Pair, text: string): number {
  const value = pair.value as Node | null;
  if (!isNothing(value)) return endOf(value as Node);
  return colonBehind(pair.key as Node, text) ?? endOf(pair.key as Node);
}

/** Text of the value an order writes where there is none yet; in objects of strings it is one. */
function spellingOf(
  order: Order,
  parent: string | number | undefined,
  { isJson }: Layout,
): { text: string; value: Scalar } {
  if (order.add !== undefined) {
    const spelt = spell(order.add, isJson && typeof order.add === 'string' ? 'double' : 'none');
    return { text: `[${spelt.text}]`, value: spelt.value };
  }
  const set = order.set as Scalar;
  const needsQuotes = typeof set === 'string' ? isJson : holdsStrings(parent);
  return spell(set, needsQuotes ? 'double' : 'none');
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;
const endOf = (node: Node): number => node.range?.[1] ?? 0;

/** Column of an offset; undefined where a tab or `?` stands before it, which nobody should have to count. */
function columnOf(offset: number, text: string): number | undefined {
  const begin = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ -]*$/.test(text.slice(begin, offset)) ? offset - begin : undefined;
}

/** The end of the line a block node ends in; undefined where that cannot be told. */
function lineEndBehind(node: Node, text: string, pair?: Pair): number | undefined {
  const last = lastOf(node);
  if (isNothing(last)) {
    const deepest = pair && lastPairOf(node, pair);
    const colon = deepest && colonBehind(deepest.key as Node, text);
    return colon === undefined ? undefined : restOfLine(colon, text);
  }
  if (isScalar(last) && (last.type === 'BLOCK_LITERAL' || last.type === 'BLOCK_FOLDED')) return blockEnd(last, text);
  return restOfLine(endOf(last as Node), text);
}

function lastOf(node: unknown): unknown {
  if (isMap(node) && !node.flow && node.items.length > 0) return lastOf((node.items.at(-1) as Pair).value);
  if (isSeq(node) && !node.flow && node.items.length > 0) return lastOf(node.items.at(-1));
  return node;
}

/** The last key under a node; undefined where a list ends in an item with nothing in it. */
function lastPairOf(node: unknown, pair: Pair | undefined): Pair | undefined {
  if (isMap(node) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1) as Pair;
    return lastPairOf(last.value, last);
  }
  return isSeq(node) && !node.flow ? lastPairOf(node.items.at(-1), undefined) : pair;
}

/** The end of the last line of a block of text. Where its blank lines count (`|+`) nothing is put behind it. */
function blockEnd(node: Node, text: string): number | undefined {
  const [start, end] = node.range ?? [0, 0];
  const block = text.slice(start, end);
  if (/^[|>][0-9]*[+]/.test(block)) return undefined;
  return start + block.trimEnd().length;
}

/** The end of a line, where nothing but a comment follows. */
function restOfLine(offset: number, text: string): number | undefined {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  const rest = text.slice(offset, end);
  if (!/^\s*(?:#[^\n]*)?$/.test(rest)) return undefined;
  return rest.endsWith('\r') ? end - 1 : end;
}
