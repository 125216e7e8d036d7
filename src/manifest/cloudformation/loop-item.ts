import type { Raw, RawEntry } from '../yaml/tree.js';

/** One item a loop runs over: its text, or the name of what stands for all of an unknown list. */
export type Item = { text: string } | { open: string };

/** Functions that name a thing: inside them the item is part of the name. */
const naming = new Set(['Ref', 'Fn::GetAtt', 'Condition', 'DependsOn']);

/** A copy with the item in place of `${Identifier}`, `&{Identifier}` and `!Ref Identifier`; `count` is called for each value. */
export function substituted(raw: Raw, identifier: string, item: Item, count: () => void): Raw {
  const name = new RegExp(`[$&]\\{${escaped(identifier)}\\}`, 'g');
  const inName = (text: string): string =>
    text.replace(name, (found) => ('open' in item ? item.open : found[0] === '&' ? alphanumeric(item.text) : item.text));

  const copy = (value: Raw, isName: boolean): Raw => {
    count();
    if (value.kind === 'seq') return { ...value, items: value.items.map((each) => copy(each, isName)) };
    if (value.kind === 'scalar') {
      if (typeof value.value !== 'string' || !value.value.match(name)) return value;
      if ('text' in item || isName) return { ...value, value: inName(value.value) };
      return joinOf(value.value, identifier, item.open, value.at);
    }
    const [only] = value.entries.size === 1 ? value.entries : [];
    if (only) {
      const [key, { value: argument }] = only;
      if (key === 'Ref' && argument.kind === 'scalar' && argument.value === identifier)
        return 'text' in item ? { kind: 'scalar', value: item.text, at: value.at } : refTo(item.open, value.at);
      if (key === 'Fn::Sub' && 'open' in item) return { ...value, entries: subOf(only, item.open) };
    }
    const entries = new Map<string, RawEntry>();
    for (const [key, entry] of value.entries)
      entries.set(inName(key), { at: entry.at, value: copy(entry.value, isName || naming.has(key)) });
    return { ...value, entries };
  };

  /** The item in a text of `Fn::Sub` is a variable, unless it is part of the name of one. */
  const subOf = ([key, entry]: [string, RawEntry], open: string): Map<string, RawEntry> => {
    const within = (text: string): string => {
      const inner = new RegExp(`(\\$\\{[^{}]*)[$&]\\{${escaped(identifier)}\\}`, 'g');
      let named = text;
      for (let turn = 0; turn < 8 && named.match(inner); turn += 1) named = named.replace(inner, `$1${open}`);
      return named.replace(name, `\${${open}}`);
    };
    const { value } = entry;
    const textIn = (raw: Raw): Raw =>
      raw.kind === 'scalar' && typeof raw.value === 'string' ? { ...raw, value: within(raw.value) } : copy(raw, false);
    const [first, ...rest] = value.kind === 'seq' ? value.items : [];
    const argument: Raw =
      value.kind === 'seq' && first
        ? { ...value, items: [textIn(first), ...rest.map((each) => copy(each, false))] }
        : textIn(value);
    return new Map([[key, { at: entry.at, value: argument }]]);
  };

  return copy(raw, false);
}

const alphanumeric = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const refTo = (name: string, at: number): Raw => call('Ref', { kind: 'scalar', value: name, at });

function joinOf(text: string, identifier: string, open: string, at: number): Raw {
  const pieces = text.split(new RegExp(`([$&]\\{${escaped(identifier)}\\})`));
  const items = pieces.map((piece, index): Raw => (index % 2 === 1 ? refTo(open, at) : { kind: 'scalar', value: piece, at }));
  const nothing: Raw = { kind: 'scalar', value: '', at };
  return call('Fn::Join', { kind: 'seq', items: [nothing, { kind: 'seq', items, at }], at });
}

const call = (name: string, argument: Raw): Raw => ({
  kind: 'map',
  entries: new Map([[name, { at: argument.at, value: argument }]]),
  at: argument.at,
});
