import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';

/** Keys and indexes from the root of a document. */
export type NodePath = readonly (string | number)[];

/** An object of the text: which document it stands in, and where. */
export interface ObjectPath {
  document: number;
  path: NodePath;
}

/**
 * The documents of a text as nodes with their ranges. Tags, anchors and comments stay what they are: nothing of this is ever
 * printed, it only tells where to write.
 */
export function documentsOf(text: string): Document[] {
  const parsed = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, version: '1.2', merge: false });
  return Array.isArray(parsed) ? (parsed as Document[]) : [];
}

/**
 * Objects by the offset the gate's reader gives them: that of the key they stand under (`keyed`), or their own for items of a
 * list and whole documents (`own`). The first key of an item begins where the item does, hence two tables.
 */
export interface ObjectTable {
  keyed: Map<number, ObjectPath>;
  own: Map<number, ObjectPath>;
}

export function objectsOf(documents: readonly Document[]): ObjectTable {
  const table: ObjectTable = { keyed: new Map(), own: new Map() };
  for (const [document, { contents }] of documents.entries()) {
    if (isMap(contents) && contents.range) table.own.set(contents.range[0], { document, path: [] });
    enter(contents as Node | null, { document, path: [] }, table);
  }
  return table;
}

function enter(node: unknown, { document, path }: ObjectPath, table: ObjectTable): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (key === undefined) continue;
      const here = { document, path: [...path, key] };
      const at = (pair.key as Node).range?.[0];
      if (at !== undefined) table.keyed.set(at, here);
      enter(pair.value, here, table);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const here = { document, path: [...path, index] };
      if (isMap(item) && item.range) table.own.set(item.range[0], here);
      enter(item, here, table);
    }
  }
}

export function keyOf(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : undefined;
}

/** Nodes are read and never changed, so what was worked out of them holds as long as they do. */
const pairs = new WeakMap<YAMLMap, ReadonlyMap<string | undefined, Pair>>();
const aliased = new WeakMap<Document, ReadonlySet<string>>();

/** The first pair of that key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  let known = pairs.get(map);
  if (!known) {
    known = new Map(map.items.map((pair) => [keyOf(pair), pair] as const).reverse());
    pairs.set(map, known);
  }
  return known.get(key);
}

/** Names that aliases of a document point at. */
export function aliasedIn(document: Document): ReadonlySet<string> {
  const known = aliased.get(document);
  if (known) return known;
  const names = new Set<string>();
  aliased.set(document, names);
  const visit = (node: unknown): void => {
    if (isAlias(node)) names.add(node.source);
    else if (isMap(node)) {
      for (const { key, value } of node.items) {
        visit(key);
        visit(value);
      }
    } else if (isSeq(node)) for (const item of node.items) visit(item);
  };
  visit(document.contents);
  return names;
}

/** Why a node and what is under it cannot be written to; undefined where it can. */
export function refusalOf(node: unknown, names: ReadonlySet<string>): string | undefined {
  if (isAlias(node)) return 'it is an alias of something that stands elsewhere';
  if (!isNode(node)) return undefined;
  if (node.anchor && names.has(node.anchor)) return 'what stands there is used elsewhere through an alias';
  if (node.tag !== undefined) return `its value is what ${node.tag} gives`;
  const [only] = isMap(node) && node.items.length === 1 ? node.items.map(keyOf) : [];
  if (only === 'Ref' || only?.startsWith('Fn::')) return `its value is what ${only} gives`;
  return undefined;
}
