import type { Lines } from '#model/position.js';
import { openChoice, type Value } from '#model/value.js';
import type { Raw, RawEntry, RawMap, RawScalar } from '../yaml/tree.js';
import { type Item, substituted } from './loop-item.js';
import { type Parameter, scalarText } from './parameter.js';
import { refuse } from './template.js';

/** A template without its `Fn::ForEach`. */
export interface Unrolled {
  tree: RawMap;
  /** Parameters that stand for the items of lists that are not known, by the name loops know them under. */
  items: ReadonlyMap<string, Parameter>;
  /** Resources that stand for every turn of such a loop → that name. */
  each: ReadonlyMap<string, string>;
}

/** CloudFormation allows 500 resources; a file that multiplies itself is refused. */
const largest = 200_000;

const sections = ['Conditions', 'Resources', 'Outputs'];

/**
 * Writes out every loop whose list is known. The others are written once, for an item that may be anything: what holds of
 * that turn holds of each.
 */
export function unroll(tree: RawMap, lines: Lines, evaluate: (raw: Raw) => Value): Unrolled {
  const unroller = new Unroller(lines, evaluate);
  const entries = new Map(tree.entries);
  for (const name of sections) {
    const section = entries.get(name);
    if (section) entries.set(name, { ...section, value: unroller.section(section.value, name === 'Resources') });
  }
  return { tree: { ...tree, entries }, items: unroller.items, each: unroller.each };
}

class Unroller {
  readonly items = new Map<string, Parameter>();
  readonly each = new Map<string, string>();
  private made = 0;

  constructor(
    private readonly lines: Lines,
    private readonly evaluate: (raw: Raw) => Value,
  ) {}

  section(raw: Raw, isResources: boolean): Raw {
    if (raw.kind !== 'map') return this.below(raw);
    return { ...raw, entries: this.entries(raw, isResources ? (name, open) => this.each.set(name, open) : undefined) };
  }

  private below(raw: Raw): Raw {
    if (raw.kind === 'seq') return { ...raw, items: raw.items.map((item) => this.below(item)) };
    return raw.kind === 'map' ? { ...raw, entries: this.entries(raw) } : raw;
  }

  /** `eachOf` is told of entries that stand for every turn; without it, a loop over an unknown list is left standing. */
  private entries(map: RawMap, eachOf?: (name: string, open: string) => void): Map<string, RawEntry> {
    const entries = new Map<string, RawEntry>();
    for (const [name, entry] of map.entries) {
      const loop = name.startsWith('Fn::ForEach::') ? loopOf(entry.value) : undefined;
      if (!loop) {
        this.put(entries, name, { ...entry, value: this.below(entry.value) });
        continue;
      }
      const items = this.itemsOf(loop);
      if (items.open !== undefined && !eachOf) {
        entries.set(name, entry);
        continue;
      }
      for (const item of items.list) {
        const turn = substituted(loop.body, loop.identifier, item, () => this.count(entry.at));
        for (const [key, inner] of this.entries(turn, eachOf)) {
          if (items.open !== undefined) eachOf?.(key, items.open);
          this.put(entries, key, inner);
        }
      }
    }
    return entries;
  }

  private put(entries: Map<string, RawEntry>, name: string, entry: RawEntry): void {
    if (entries.has(name)) throw refuse(`${name} is there twice, once from a loop`, entry.at, this.lines);
    entries.set(name, entry);
  }

  private itemsOf({ collection }: Loop): { list: readonly Item[]; open?: string } {
    const known = textsOf(this.valueOf(collection));
    if (known) return { list: known.map((text) => ({ text })) };
    const name = `<${nameOf(collection)}>`;
    const at = collection.at;
    const parameter = { name, type: 'String', noEcho: false, default: undefined, allowed: undefined, minLength: 1 };
    this.items.set(name, { ...parameter, neverEmpty: true, quoteless: false, literal: false, at });
    return { list: [{ open: name }], open: name };
  }

  private valueOf(collection: Raw): Value | undefined {
    try {
      return this.evaluate(collection);
    } catch (thrown) {
      if (thrown !== openChoice) throw thrown;
      return undefined;
    }
  }

  private count(at: number): void {
    this.made += 1;
    if (this.made > largest) throw refuse(`loops make more than ${largest} values`, at, this.lines);
  }
}

interface Loop {
  identifier: string;
  collection: Raw;
  body: RawMap;
}

function loopOf(raw: Raw): Loop | undefined {
  const [name, collection, body] = raw.kind === 'seq' ? raw.items : [];
  const identifier = scalarText(name);
  if (identifier === undefined || !collection || body?.kind !== 'map') return undefined;
  return { identifier, collection, body };
}

function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind !== 'list' || value.open) return undefined;
  if (!value.items.every((item) => item.kind === 'scalar' && !item.sensitive)) return undefined;
  return value.items.map((item) => String((item as { value: RawScalar['value'] }).value ?? ''));
}

/** Loops over the same parameter are in step: their turns belong together. */
function nameOf(collection: Raw): string {
  const ref = collection.kind === 'map' ? scalarText(collection.entries.get('Ref')?.value) : undefined;
  return ref ?? `list at ${collection.at}`;
}
