import type { Value } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import { cidrBlocks } from './cidr.js';
import { compare } from './compare.js';
import { jsonString } from './json-string.js';
import { absent, elsewhere, rewritten, unknown } from './open.js';
import { scalarText } from './parameter.js';
import type { Scope } from './scope.js';
import { spell } from './spell.js';
import { splitAttribute } from './tags.js';
import { base64, join, split, sub } from './text.js';

export type Intrinsic = (argument: Raw, at: number, scope: Scope) => Value;

/** Functions whose result depends on the account or on other stacks. */
const settledElsewhere = (name: string): Intrinsic => {
  return (argument, at) => elsewhere([name, written(argument)].filter(Boolean).join(' '), at);
};

const importValue: Intrinsic = (argument, at, scope) =>
  scope.imported(scope.value(argument), at) ?? settledElsewhere('the import')(argument, at, scope);

/** A name as the template writes it: what its variables are would make it no easier to find. */
function written(argument: Raw): string | undefined {
  if (argument.kind !== 'map') return scalarText(argument);
  const text = argument.entries.get('Fn::Sub')?.value;
  return scalarText(text?.kind === 'seq' ? text.items[0] : text);
}

const ref: Intrinsic = (argument, at, scope) => {
  const name = scalarText(argument);
  return name === undefined ? unknown('a Ref that names nothing', at) : scope.ref(name, at);
};

const getAtt: Intrinsic = (argument, at, scope) => {
  const parts = argument.kind === 'scalar' ? splitAttribute(String(argument.value), at) : argument;
  const [resource, ...rest] = parts.kind === 'seq' ? parts.items.map(scalarText) : [];
  if (resource === undefined) return unknown('a GetAtt that names nothing', at);
  if (rest.includes(undefined)) return unknown(`an attribute of ${resource} that is not named here`, at);
  return scope.attribute(resource, rest.length === 0 ? undefined : rest.join('.'), at);
};

const select: Intrinsic = (argument, at, scope) => {
  const [rawIndex, rawList] = argument.kind === 'seq' ? argument.items : [];
  const index = rawIndex ? scope.value(rawIndex) : absent(at);
  const list = rawList ? scope.value(rawList) : absent(at);
  if (index.kind === 'unknown') return index;
  if (list.kind === 'unknown') return { ...list, at };
  if (index.kind !== 'scalar' || list.kind !== 'list') return unknown('a Select whose list is not written out', at);
  const position = Number(index.value);
  // An item that may vanish moves all behind it.
  const loose = list.items.slice(0, position + 1).find((item) => item.kind === 'unknown' && item.maybeAbsent);
  if (loose) return unknown('a Select whose list is not written out', at);
  const item = list.items[position];
  if (item) return item;
  return list.open ?? unknown('a Select beyond the end of its list', at);
};

const choice: Intrinsic = (argument, at, scope) => {
  const [name, whenTrue, whenFalse] = argument.kind === 'seq' ? argument.items : [];
  const condition = name ? scalarText(name) : undefined;
  if (condition === undefined || !whenTrue || !whenFalse) return unknown('an If without its three parts', at);
  return scope.value(scope.condition(condition) ? whenTrue : whenFalse, at);
};

const findInMap: Intrinsic = (argument, at, scope) => {
  const [rawName, ...rawKeys] = argument.kind === 'seq' ? argument.items : [];
  const options = rawKeys[2]?.kind === 'map' ? rawKeys[2].entries : undefined;
  const fallback = options?.get('DefaultValue')?.value;
  const name = rawName && mappingNamed(rawName, fallback !== undefined, scope);
  const mapping = name === undefined ? undefined : scope.template.mappings.get(name);
  let place: Raw | undefined = mapping?.value;
  for (const rawKey of rawKeys.slice(0, 2)) {
    if (place?.kind !== 'map') break;
    place = entry(place, rawKey, fallback !== undefined, name ?? '', scope);
  }
  if (place) return scope.value(place, at);
  return fallback ? scope.value(fallback, at) : unknown('a FindInMap that finds nothing', at);
};

/** The mapping that is meant. Where its name is open, any of the template that it may read as, or none where there is a default. */
function mappingNamed(rawName: Raw, hasDefault: boolean, scope: Scope): string | undefined {
  const name = scope.value(rawName);
  if (name.kind === 'scalar') return String(name.value);
  const names = mayRead(scope.template.mappings.keys(), name);
  const words = hasDefault ? [...names, 'another'] : names;
  return words.length === 0 ? undefined : names[scope.choose(`mapping ${scope.stack.prefix}${spell(rawName)}`, words)];
}

/** Those of some names that a value may turn out to be. */
const mayRead = (names: Iterable<string>, value: Value): string[] =>
  [...names].filter((each) => compare({ kind: 'scalar', value: each, at: value.at }, value) !== false);

/** The entry a key leads to. Where the key is open, any that it may read as may be the one, or none where there is a default. */
function entry(
  map: Extract<Raw, { kind: 'map' }>,
  rawKey: Raw,
  hasDefault: boolean,
  name: string,
  scope: Scope,
): Raw | undefined {
  const key = scope.value(rawKey);
  if (key.kind === 'scalar') return map.entries.get(String(key.value))?.value;
  const keys = mayRead(map.entries.keys(), key);
  const words = hasDefault ? [...keys, 'another'] : keys;
  if (words.length === 0) return undefined;
  const variable = `key ${spell(rawKey)} of mapping ${scope.stack.prefix}${name}`;
  return map.entries.get(keys[scope.choose(variable, words)] ?? '')?.value;
}

const length: Intrinsic = (argument, at, scope) => {
  const value = scope.value(argument, at);
  if (value.kind === 'unknown') return value;
  const isSettled =
    value.kind === 'list' && !value.open && !value.items.some((item) => item.kind === 'unknown' && item.maybeAbsent);
  return isSettled
    ? { kind: 'scalar', value: value.items.length, at }
    : unknown('the length of a list that is not written out', at);
};

const cidr: Intrinsic = (argument, at, scope) => {
  const [block, count, bits] = argument.kind === 'seq' ? argument.items.map((item) => scope.value(item)) : [];
  for (const part of [block, count, bits]) if (part?.kind === 'unknown') return unknown(part.settledBy, at);
  if (block?.kind !== 'scalar' || count?.kind !== 'scalar') return unknown('a Cidr whose block is not written out', at);
  const text = String(block.value);
  const hosts = bits?.kind === 'scalar' ? Number(bits.value) : text.includes(':') ? 64 : undefined;
  const blocks = hosts === undefined ? undefined : cidrBlocks(text, Number(count.value), hosts);
  if (!blocks) return unknown(`Fn::Cidr of ${text}`, at);
  return { kind: 'list', items: blocks.map((value): Value => ({ kind: 'scalar', value, at })), at };
};

export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAZs', settledElsewhere('Fn::GetAZs')],
  ['Fn::GetAtt', getAtt],
  ['Fn::If', choice],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', (argument, at, scope) => jsonString(scope.value(argument, at), at)],
  ['Fn::Transform', (_argument, at) => rewritten('Fn::Transform', at)],
]);
