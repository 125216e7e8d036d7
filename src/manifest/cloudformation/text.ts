import type { Value } from '#model/value.js';
import type { RawScalar } from '../yaml/tree.js';
import type { Intrinsic } from './intrinsics.js';
import { absent, concat, flat, joined, madeOf, remade, secrecy, unknown, withDynamicReferences } from './open.js';
import { scalarText } from './parameter.js';

export const sub: Intrinsic = (argument, at, scope) => {
  const [first, second] = argument.kind === 'seq' ? argument.items : [argument];
  if (first?.kind !== 'scalar') return unknown('a Sub whose text is not written out', at);
  const variables = second?.kind === 'map' ? second.entries : undefined;
  const known = new Map<string, Value>();
  const pieces = piecesOf(first).map((piece): string | Value => {
    if (typeof piece === 'string') return piece;
    const { name } = piece;
    const variable = variables?.get(name);
    if (variable) {
      const value = known.get(name) ?? flat(scope.value(variable.value), at);
      known.set(name, value);
      return value;
    }
    const dot = name.indexOf('.');
    if (dot === -1) return flat(scope.inText(scope.ref(name, at)), at);
    return flat(scope.attribute(name.slice(0, dot), name.slice(dot + 1), at), at);
  });
  return withDynamicReferences(concat(pieces, at), at);
};

/** A text to put values into, taken apart: it is read in every branch. */
const taken = new WeakMap<RawScalar, readonly (string | { name: string })[]>();

function piecesOf(template: RawScalar): readonly (string | { name: string })[] {
  let pieces = taken.get(template);
  if (!pieces) {
    const text = String(template.value ?? '');
    // Behind the last brace no name ends: one looked for from each place it may begin takes the square of that.
    const end = text.lastIndexOf('}') + 1;
    pieces = [...text.slice(0, end).split(/(\$\{[^}]*\})/), text.slice(end)].map((piece) => {
      if (!piece.startsWith('${') || !piece.endsWith('}')) return piece;
      const name = piece.slice(2, -1).trim();
      return name.startsWith('!') ? `\${${name.slice(1)}}` : { name };
    });
    taken.set(template, pieces);
  }
  return pieces;
}

export const join: Intrinsic = (argument, at, scope) => {
  const [rawDelimiter, rawItems] = argument.kind === 'seq' ? argument.items : [];
  const delimiter = rawDelimiter ? scope.value(rawDelimiter) : absent(at);
  const items = rawItems ? scope.value(rawItems) : absent(at);
  if (items.kind === 'unknown') return items;
  if (items.kind !== 'list') return unknown('a Join whose list is not written out', at);
  if (delimiter.kind !== 'scalar') return unknown('a Join whose delimiter is not written out', at);
  const named = { ...items, items: items.items.map((item) => scope.inText(item)) };
  return withDynamicReferences(joined(named, String(delimiter.value ?? ''), at), at);
};

export const split: Intrinsic = (argument, at, scope) => {
  const [rawDelimiter, rawText] = argument.kind === 'seq' ? argument.items : [];
  const delimiter = rawDelimiter ? scalarText(rawDelimiter) : undefined;
  const text = rawText ? scope.value(rawText) : absent(at);
  if (text.kind === 'unknown') return madeOf(text, at);
  const fields = text.kind === 'reference' && delimiter === ':' ? scope.arnFields(text, at) : undefined;
  if (fields) return { kind: 'list', items: fields, at };
  if (text.kind === 'reference')
    return { ...unknown('a Split of a text that is not written out', at), quoteless: true };
  if (text.kind !== 'scalar' || !delimiter) return unknown('a Split of a text that is not written out', at);
  const items = String(text.value ?? '').split(delimiter);
  const secret = secrecy(text);
  return { kind: 'list', items: items.map((value): Value => ({ kind: 'scalar', value, at, ...secret })), at };
};

export const base64: Intrinsic = (argument, at, scope) => {
  const value = scope.value(argument, at);
  if (value.kind === 'unknown') return madeOf(value, at);
  if (value.kind === 'text') return { ...unknown('Fn::Base64 of a text with open parts', at), encodes: value };
  if (value.kind !== 'scalar') return unknown('Fn::Base64 of what is no text', at);
  return remade(Buffer.from(String(value.value ?? ''), 'utf8').toString('base64'), value, at);
};
