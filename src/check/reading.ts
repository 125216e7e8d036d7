import type { Resource } from '#model/resource.js';
import { type Dict, plainWorld, type Scalar, type Value } from '#model/value.js';
import { type Step, stepsOf } from './path.js';

/** Different texts that are told apart at one place. Where there are more, such as at a name, nothing repeats itself. */
const mostTexts = 1024;

/** The places requirements read in resources of one type: each is read once of a resource, whoever asks. */
export class Shape {
  readonly places: string[][] = [];
  private readonly known = new Map<string, number>();
  /** By place: the number of each text that stood there. */
  private readonly numbers: Map<string, number>[] = [];

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
      this.numbers.push(new Map());
    }
    return number;
  }

  /** The number of a text at a place, from 1; 0 where it is not known and no more are taken. */
  number(place: number, text: string): number {
    const numbers = this.numbers[place] as Map<string, number>;
    let number = numbers.get(text);
    if (number === undefined) {
      if (numbers.size === mostTexts) return 0;
      number = numbers.size + 1;
      numbers.set(text, number);
    }
    return number;
  }
}

/** What was read of one resource. */
export class Reading {
  private readonly numbers: (number | undefined)[] = [];
  private properties: Dict | undefined;

  constructor(
    private readonly resource: Resource,
    readonly shape: Shape,
  ) {}

  /**
   * A number for what stands at a place: two resources with the same number have the same there. 0 where something is not settled, or is
   * too much to spell.
   */
  at(place: number): number {
    let number = this.numbers[place];
    if (number === undefined) {
      const text = this.read(this.shape.places[place] as readonly string[]);
      number = text === undefined ? 0 : this.shape.number(place, text);
      this.numbers[place] = number;
    }
    return number;
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
