import type { Value } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import { absent, concat, rewritten, unknown } from './open.js';
import { scalarText } from './parameter.js';
import type { Scope } from './scope.js';
import { splitAttribute } from './tags.js';

type Intrinsic = (argument: Raw, at: number, scope: Scope) => Value;

/** Functions whose result depends on the account or on other stacks. */
const settledElsewhere = (name: string): Intrinsic => {
  return (argument, at) => unknown([name, scalarText(argument)].filter(Boolean).join(' '), at);
};

const ref: Intrinsic = (argument, at, scope) => {
  const name = scalarText(argument);
  return name === undefined ? unknown('a Ref that names nothing', at) : scope.ref(name, at);
};

const getAtt: Intrinsic = (argument, at, scope) => {
  const parts = argument.kind === 'scalar' ? splitAttribute(String(argument.value), at) : argument;
  const [resource, ...rest] = parts.kind === 'seq' ? parts.items.map(scalarText) : [];
  if (resource === undefined) return unknown('a GetAtt that names nothing', at);
  return attribute(resource, rest, at, scope);
};

function attribute(resource: string, rest: readonly (string | undefined)[], at: number, scope: Scope): Value {
  if (!scope.template.resources.has(resource)) {
    return unknown(`${resource}, which the template refers to but does not define,`, at);
  }
  if (rest.length === 0 || rest.includes(undefined)) return { kind: 'reference', to: resource, at };
  return { kind: 'reference', to: resource, attribute: rest.join('.'), at };
}

const sub: Intrinsic = (argument, at, scope) => {
  const [first, second] = argument.kind === 'seq' ? argument.items : [argument];
  const template = first?.kind === 'scalar' ? String(first.value ?? '') : undefined;
  if (template === undefined) return unknown('a Sub whose text is not written out', at);
  const variables = second?.kind === 'map' ? second.entries : undefined;
  const pieces = template.split(/(\$\{[^}]*\})/).map((piece): string | Value => {
    if (!piece.startsWith('${') || !piece.endsWith('}')) return piece;
    const name = piece.slice(2, -1).trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const variable = variables?.get(name);
    if (variable) return flat(scope.value(variable.value), at);
    const dot = name.indexOf('.');
    return dot === -1 ? flat(scope.ref(name, at), at) : attribute(name.slice(0, dot), [name.slice(dot + 1)], at, scope);
  });
  return withDynamicReferences(concat(pieces, at), at);
};

/** A list inside a string reads as CloudFormation prints it: joined with commas. */
function flat(value: Value, at: number): Value {
  if (value.kind === 'absent') return { kind: 'scalar', value: '', at };
  if (value.kind !== 'list') return value;
  if (value.open) return value.open;
  return concat(
    value.items.flatMap((item, index) => (index === 0 ? [item] : [',', item])),
    at,
  );
}

const withDynamicReferences = (value: Value, at: number): Value =>
  value.kind === 'scalar' && String(value.value).includes('{{resolve:') ? unknown('a dynamic reference', at) : value;

const join: Intrinsic = (argument, at, scope) => {
  const [rawDelimiter, rawItems] = argument.kind === 'seq' ? argument.items : [];
  const delimiter = rawDelimiter ? (scalarText(rawDelimiter) ?? '') : '';
  const items = rawItems ? scope.value(rawItems) : absent(at);
  if (items.kind === 'unknown') return items;
  if (items.kind !== 'list' || items.open) return unknown('a Join whose list is not written out', at);
  const pieces = items.items.flatMap((item, index) => (index === 0 ? [item] : [delimiter, item]));
  return withDynamicReferences(concat(pieces, at), at);
};

const select: Intrinsic = (argument, at, scope) => {
  const [rawIndex, rawList] = argument.kind === 'seq' ? argument.items : [];
  const index = rawIndex ? scope.value(rawIndex) : absent(at);
  const list = rawList ? scope.value(rawList) : absent(at);
  if (index.kind === 'unknown') return index;
  if (list.kind === 'unknown') return { ...list, at };
  if (index.kind !== 'scalar' || list.kind !== 'list') return unknown('a Select whose list is not written out', at);
  const item = list.items[Number(index.value)];
  if (item) return item;
  return list.open ?? unknown('a Select beyond the end of its list', at);
};

const split: Intrinsic = (argument, at, scope) => {
  const [rawDelimiter, rawText] = argument.kind === 'seq' ? argument.items : [];
  const delimiter = rawDelimiter ? scalarText(rawDelimiter) : undefined;
  const text = rawText ? scope.value(rawText) : absent(at);
  if (text.kind === 'unknown') return text;
  if (text.kind !== 'scalar' || !delimiter) return unknown('a Split of a text that is not written out', at);
  const items = String(text.value).split(delimiter);
  return { kind: 'list', items: items.map((value): Value => ({ kind: 'scalar', value, at })), at };
};

const choice: Intrinsic = (argument, at, scope) => {
  const [name, whenTrue, whenFalse] = argument.kind === 'seq' ? argument.items : [];
  const condition = name ? scalarText(name) : undefined;
  if (condition === undefined || !whenTrue || !whenFalse) return unknown('an If without its three parts', at);
  return scope.value(scope.condition(condition) ? whenTrue : whenFalse, at);
};

const findInMap: Intrinsic = (argument, at, scope) => {
  const [rawName, ...rawKeys] = argument.kind === 'seq' ? argument.items : [];
  const name = rawName ? scope.value(rawName) : absent(at);
  const mapping = name.kind === 'scalar' ? scope.template.mappings.get(String(name.value)) : undefined;
  let place: Raw | undefined = mapping?.value;
  for (const rawKey of rawKeys.slice(0, 2)) {
    if (place?.kind !== 'map') break;
    const key = scope.value(rawKey);
    if (key.kind === 'scalar') place = place.entries.get(String(key.value))?.value;
    else {
      // Any key of the mapping may be the one: try each.
      const keys = [...place.entries.keys()];
      const variable = `the key looked up in mapping ${name.kind === 'scalar' ? name.value : ''}`;
      place = place.entries.get(keys[scope.choose(variable, keys)] ?? '')?.value;
    }
  }
  if (place) return scope.value(place, at);
  const fallback = rawKeys[2]?.kind === 'map' ? rawKeys[2].entries.get('DefaultValue') : undefined;
  return fallback ? scope.value(fallback.value, at) : unknown('a FindInMap that finds nothing', at);
};

const base64: Intrinsic = (argument, at, scope) => {
  const value = scope.value(argument, at);
  if (value.kind !== 'scalar')
    return value.kind === 'unknown' ? value : unknown('Fn::Base64 of a text with open parts', at);
  return { kind: 'scalar', value: Buffer.from(String(value.value), 'utf8').toString('base64'), at };
};

const length: Intrinsic = (argument, at, scope) => {
  const value = scope.value(argument, at);
  if (value.kind === 'list' && !value.open) return { kind: 'scalar', value: value.items.length, at };
  return value.kind === 'unknown' ? value : unknown('the length of a list that is not written out', at);
};

export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', settledElsewhere('Fn::Cidr')],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAZs', settledElsewhere('Fn::GetAZs')],
  ['Fn::GetAtt', getAtt],
  ['Fn::If', choice],
  ['Fn::ImportValue', settledElsewhere('the import')],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::Transform', (_argument, at) => rewritten('Fn::Transform', at)],
]);
