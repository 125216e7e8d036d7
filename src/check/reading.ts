import type { Resource } from '#model/resource.js';
import { type Dict, plainWorld, type Scalar, type Value } from '#model/value.js';
import { type Step, stepsOf } from './path.js';

/** The places requirements read in resources of one type: each is read once of a resource, whoever asks. */
export class Shape {
  readonly places: string[][] = [];
  private readonly known = new Map<string, number>();

  /** The number of a path; what stands behind a `[*]` is read with the list. */
  place(path: string): number {
    const steps = stepsOf(path);
    const end = steps.findIndex(({ key }) => key === undefined);
    const keys = (end === -1 ? steps : steps.slice(0, end)).map(({ key }: Step) => key as string);
    const name = JSON.stringify(keys);
    let number = this.known.get(name);
    if (number === undefined) {
      number = this.places.push(keys) - 1;
      this.known.set(name, number);
    }
    return number;
  }
}

/** What was read of one resource. */
export class Reading {
  private readonly texts: (string | null | undefined)[] = [];
  private properties: Dict | undefined;

  constructor(
    private readonly resource: Resource,
    readonly shape: Shape,
  ) {}

  /**
   * A text for what stands at a place: two resources with the same text have the same there. Undefined where something is not settled, or
   * is too much to spell.
   */
  at(place: number): string | undefined {
    let text = this.texts[place];
    if (text === undefined) {
      text = this.read(this.shape.places[place] as readonly string[]) ?? null;
      this.texts[place] = text;
    }
    return text ?? undefined;
  }

  private read(keys: readonly string[]): string | undefined {
    this.properties ??= this.resource.properties(plainWorld);
    let value: Value = this.properties;
    for (const key of keys) {
      // Nothing is below what is no object; what is below the unknown is not settled either.
      if (value.kind !== 'dict') return value.kind === 'unknown' ? undefined : nothing;
      value = value.get(key);
    }
    return spell(value, 0);
  }
}

/** More than this is not spelt: a judgement costs less. */
const longest = 4096;
const deepest = 16;
const nothing = 'a';

/** A value in such a way that no text is the beginning of another; undefined for what is not settled. */
function spell(value: Value, depth: number): string | undefined {
  switch (value.kind) {
    case 'absent':
      return nothing;
    case 'scalar':
      return spellScalar(value.value);
    case 'list':
      return value.open ? undefined : spellAll('l', value.items, (item) => spell(item, depth + 1), depth);
    case 'dict':
      return value.open ? undefined : spellAll('d', value.keys(), (key) => spellEntry(key, value, depth + 1), depth);
    default:
      return undefined;
  }
}

function spellScalar(value: Scalar['value']): string | undefined {
  if (typeof value === 'string') return value.length > longest ? undefined : `s${value.length}:${value}`;
  return typeof value === 'number' ? `n${value};` : value === null ? 'z' : value ? 't' : 'f';
}

function spellEntry(key: string, dict: Dict, depth: number): string | undefined {
  const text = spell(dict.get(key), depth);
  return text === undefined ? undefined : `${key.length}:${key}${text}`;
}

function spellAll<Item>(
  kind: string,
  items: readonly Item[],
  spellOne: (item: Item) => string | undefined,
  depth: number,
): string | undefined {
  if (depth > deepest) return undefined;
  let text = `${kind}${items.length}:`;
  for (const item of items) {
    const part = spellOne(item);
    if (part === undefined || text.length > longest) return undefined;
    text += part;
  }
  return text;
}
