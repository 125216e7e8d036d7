import type { Reference, Unknown, Value } from '#model/value.js';
import { looseJson } from '../dict.js';
import { longestText, texts } from '../texts.js';
import { madeText, openOf, scalar } from '../values.js';
import { type Functions, mostItems, numberIn, type Place, settledLater, textIn } from './function.js';
import { concatLists } from './list.js';

const concat = (operands: readonly Value[], place: Place): Value | undefined => {
  if (operands.some((each) => each.kind === 'list')) return concatLists(operands, place.at);
  // Nothing tells whether unknown values alone are lists or texts.
  if (operands.every((each) => each.kind === 'unknown')) {
    return operands.length === 1 ? operands[0] : settledLater(operands, place);
  }
  return texts(operands, place.at);
};

const format = ([first, ...rest]: readonly Value[], place: Place): Value | undefined => {
  const pattern = textIn(first);
  if (pattern === undefined) return undefined;
  const pieces = pattern.split(/(\{\{|\}\}|\{\d+(?:,[^{}:]*)?(?::[^{}]*)?\})/).map((piece): string | Value => {
    if (piece === '{{' || piece === '}}') return piece[0] as string;
    const hole = /^\{(\d+)(?!\d)(.*)\}$/.exec(piece);
    if (!hole) return piece;
    const value = rest[Number(hole[1])];
    if (value && hole[2] === '') return value;
    const whole = settledLater([first as Value, ...rest], place);
    return openOf([whole], `${piece} of ${whole.settledBy}`, place.at);
  });
  return texts(pieces, place.at);
};

/** Changes the known parts of a string; an open part is no longer held to the values it is known not to have. */
const changed =
  (change: (text: string) => string) =>
  ([value]: readonly Value[], { at }: Place): Value | undefined => {
    const text = textIn(value);
    if (text !== undefined) return scalar(change(text), at);
    if (value?.kind === 'unknown') return { ...loosened(value), at };
    if (value?.kind !== 'text') return undefined;
    return texts(
      value.parts.map((part) =>
        typeof part === 'string' ? change(part) : part.kind === 'unknown' ? loosened(part) : part,
      ),
      at,
    );
  };

const loosened = ({ settledBy, not, shown, at }: Unknown): Unknown => ({
  kind: 'unknown',
  settledBy,
  ...(shown ? { shown } : {}),
  ...(not?.includes('') ? { not: [''] } : {}),
  at,
});

const ofText =
  (result: (text: string, ...rest: (string | number | undefined)[]) => string | number | undefined) =>
  (operands: readonly Value[], { at }: Place): Value | undefined => {
    const [text, ...rest] = operands.map((each) => textIn(each) ?? numberIn(each));
    if (typeof text !== 'string' || rest.includes(undefined)) return undefined;
    const value = result(text, ...rest);
    return value === undefined ? undefined : looseJson(value, at);
  };

/** The Base64 of a string; of one that is open in part, what it is made of. */
const base64 = ([value]: readonly Value[], place: Place): Value | undefined => {
  if (value?.kind === 'text') return { ...settledLater([value], place), encodes: value };
  const text = textIn(value);
  if (value?.kind !== 'scalar' || text === undefined) return undefined;
  return { ...value, value: Buffer.from(text, 'utf8').toString('base64'), at: place.at };
};

const split = ([value, by]: readonly Value[], { at }: Place): Value | undefined => {
  const text = textIn(value);
  const signs = by?.kind === 'list' && !by.open ? by.items.map(textIn) : [textIn(by)];
  if (text === undefined || signs.includes(undefined)) return undefined;
  let parts = [text];
  for (const sign of signs) if (sign) parts = parts.flatMap((part) => part.split(sign));
  return parts.length > mostItems ? undefined : { kind: 'list', items: parts.map((part) => scalar(part, at)), at };
};

/** Whether a string begins or ends so, told from its known beginning or end where that is enough. */
const edge =
  (
    of: (parts: readonly (string | Unknown | Reference)[]) => unknown,
    holds: (known: string, wanted: string) => boolean,
  ) =>
  ([value, other]: readonly Value[], { at }: Place): Value | undefined => {
    const wanted = textIn(other)?.toLowerCase();
    if (wanted === undefined || !value) return undefined;
    const text = textIn(value);
    if (text !== undefined) return scalar(holds(text.toLowerCase(), wanted), at);
    const known = value.kind === 'text' ? of(value.parts) : undefined;
    return typeof known === 'string' && holds(known.toLowerCase(), wanted) ? scalar(true, at) : undefined;
  };

/** Strings Azure makes by hashing: what from is known, what comes out only at deployment. */
const hashed = (operands: readonly Value[], place: Place): Value =>
  madeText(settledLater(operands, place).settledBy, place.at);

export const text: Functions = [
  ['concat', concat],
  ['format', format],
  ['string', ([value], { at }) => (value && value.kind !== 'unknown' ? texts([value], at) : undefined)],
  ['tolower', changed((each) => each.toLowerCase())],
  ['toupper', changed((each) => each.toUpperCase())],
  ['base64', base64],
  ['base64tostring', ofText((each) => Buffer.from(each, 'base64').toString('utf8'))],
  ['trim', ofText((each) => each.trim())],
  ['replace', ofText((each, from, to) => (from ? bounded(each.replaceAll(String(from), String(to))) : undefined))],
  [
    'substring',
    ofText((each, from, length) =>
      each.slice(Number(from), length === undefined ? undefined : Number(from) + Number(length)),
    ),
  ],
  [
    'padleft',
    ofText((each, length, sign) =>
      Number(length) < 1000 ? each.padStart(Number(length), String(sign ?? ' ')) : undefined,
    ),
  ],
  ['indexof', ofText((each, other) => each.toLowerCase().indexOf(String(other).toLowerCase()))],
  [
    'startswith',
    edge(
      (parts) => parts[0],
      (known, wanted) => known.startsWith(wanted),
    ),
  ],
  [
    'endswith',
    edge(
      (parts) => parts.at(-1),
      (known, wanted) => known.endsWith(wanted),
    ),
  ],
  ['split', split],
  ['uniquestring', hashed],
  ['guid', hashed],
  ['newguid', hashed],
  ['json', ([value], { at }) => parsed(textIn(value), at)],
];

const bounded = (value: string): string | undefined => (value.length > longestText ? undefined : value);

function parsed(value: string | undefined, at: number): Value | undefined {
  if (value === undefined) return undefined;
  try {
    return looseJson(JSON.parse(value), at);
  } catch {
    return undefined;
  }
}
