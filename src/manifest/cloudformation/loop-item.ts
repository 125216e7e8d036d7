import type { Raw, RawEntry, RawMap, RawScalar } from '../yaml/tree.js';

/** One item a loop runs over: its text, or the name of what stands for all of an unknown list. */
export type Item = { text: string } | { open: string };

/** Functions that name a thing: inside them the item is part of the name. */
const naming = new Set(['Ref', 'Fn::GetAtt', 'Condition', 'DependsOn']);

/** A copy with the item in place of `${Identifier}`, `&{Identifier}` and `!Ref Identifier`; `count` is called for each value. */
export const substituted = (raw: RawMap, identifier: string, item: Item, count: () => void): RawMap =>
  new Turn(identifier, item, count).map(raw, false);

/** One turn of a loop. */
class Turn {
  /** Where the item stands, alone and inside the name of a variable. */
  private readonly place: string;
  private readonly anywhere: RegExp;

  constructor(
    private readonly identifier: string,
    private readonly item: Item,
    private readonly count: () => void,
  ) {
    this.place = `[$&]\\{${identifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\}`;
    this.anywhere = new RegExp(this.place);
  }

  map(map: RawMap, isName: boolean): RawMap {
    const entries = new Map<string, RawEntry>();
    for (const [key, entry] of map.entries) {
      const value =
        key === 'Fn::Sub' && 'open' in this.item
          ? this.sub(entry.value, this.item.open)
          : this.copy(entry.value, isName || naming.has(key));
      entries.set(this.named(key), { at: entry.at, value });
    }
    return { ...map, entries };
  }

  private copy(value: Raw, isName: boolean): Raw {
    this.count();
    if (value.kind === 'seq') return { ...value, items: value.items.map((each) => this.copy(each, isName)) };
    if (value.kind === 'scalar') return this.scalar(value, isName);
    const argument = value.entries.size === 1 ? value.entries.get('Ref')?.value : undefined;
    if (argument?.kind !== 'scalar' || argument.value !== this.identifier) return this.map(value, isName);
    const { item } = this;
    return 'text' in item ? { kind: 'scalar', value: item.text, at: value.at } : refTo(item.open, value.at);
  }

  private scalar(scalar: RawScalar, isName: boolean): Raw {
    const { item } = this;
    if (typeof scalar.value !== 'string' || !this.anywhere.test(scalar.value)) return scalar;
    if ('text' in item || isName) return { ...scalar, value: this.named(scalar.value) };
    const { at } = scalar;
    const pieces = scalar.value.split(new RegExp(`(${this.place})`));
    const items = pieces.map((piece, index): Raw => (index % 2 ? refTo(item.open, at) : { ...scalar, value: piece }));
    const delimiter: Raw = { kind: 'scalar', value: '', at };
    return call('Fn::Join', { kind: 'seq', items: [delimiter, { kind: 'seq', items, at }], at });
  }

  /** The item in a text of `Fn::Sub` is a variable, unless it is part of the name of one. */
  private sub(argument: Raw, open: string): Raw {
    if (argument.kind === 'seq') {
      const [first, ...rest] = argument.items;
      return first
        ? { ...argument, items: [this.sub(first, open), ...rest.map((each) => this.copy(each, false))] }
        : argument;
    }
    if (argument.kind !== 'scalar' || typeof argument.value !== 'string') return this.copy(argument, false);
    const inName = new RegExp(`(\\$\\{[^{}]*)${this.place}`, 'g');
    let text = argument.value;
    for (let turn = 0; turn < 8 && text.search(inName) !== -1; turn += 1)
      text = text.replace(inName, (_found, before: string) => before + open);
    return { ...argument, value: text.replace(new RegExp(this.place, 'g'), () => `\${${open}}`) };
  }

  private named(text: string): string {
    const { item } = this;
    if (!this.anywhere.test(text)) return text;
    return text.replace(new RegExp(this.place, 'g'), (found) => {
      if ('open' in item) return item.open;
      return found.startsWith('&') ? item.text.replace(/[^A-Za-z0-9]/g, '') : item.text;
    });
  }
}

const refTo = (name: string, at: number): Raw => call('Ref', { kind: 'scalar', value: name, at });

const call = (name: string, argument: Raw): Raw => ({
  kind: 'map',
  entries: new Map([[name, { at: argument.at, value: argument }]]),
  at: argument.at,
});
