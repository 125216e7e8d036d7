import type { Raw, TagReader } from '../yaml/tree.js';

/** Functions that have a short tag of the form `!Name` for `Fn::Name`. */
const functions = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
]);

/** Writes short tags in their long form, so that everything behind sees one form only. */
export const readTag: TagReader = (tag, value) => {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return call(name, value);
  if (!functions.has(name)) return undefined;
  if (name === 'GetAtt' && value.kind === 'scalar' && typeof value.value === 'string') {
    return call('Fn::GetAtt', splitAttribute(value.value, value.at));
  }
  return call(`Fn::${name}`, value);
};

/** `Resource.Attr.Sub` → `[Resource, Attr.Sub]`. */
export function splitAttribute(text: string, at: number): Raw {
  const dot = text.indexOf('.');
  const parts = dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
  return { kind: 'seq', items: parts.map((value) => ({ kind: 'scalar', value, at })), at };
}

const call = (name: string, argument: Raw): Raw => ({
  kind: 'map',
  entries: new Map([[name, { at: argument.at, value: argument }]]),
  at: argument.at,
});
