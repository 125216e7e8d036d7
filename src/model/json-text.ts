import { dictOf, fromJson, type Text, type Value } from './value.js';

/** Whether a string may be a JSON text that holds others: what it begins with. */
export function mayBeJson(text: string): boolean {
  const first = text.charCodeAt(0);
  // Asked of every string, and hardly one begins with a blank.
  return first > blank ? first === bracket || first === brace : /^\s+[[{]/.test(text);
}

const blank = 32;
const bracket = 91;
const brace = 123;

/** What a whole string holds as JSON; undefined where it is none. */
export function jsonIn(text: string, at: number): Value | undefined {
  try {
    return fromJson(JSON.parse(text), at);
  } catch {
    return undefined;
  }
}

/**
 * A JSON text, such as a policy, with names of things of the manifest in it: `Fn::Sub` of JSON. Such a name ends no string and opens no
 * statement, and neither does a parameter that takes no quotes; any other might, so of a text with one in it, and of one that is no JSON,
 * it is undefined.
 */
export function jsonText(text: Text): Value | undefined {
  let read = known.get(text);
  if (read === undefined) {
    read = parsed(text) ?? null;
    known.set(text, read);
  }
  return read ?? undefined;
}

const known = new WeakMap<Text, Value | null>();

/** Characters nobody writes, before and after the number of an open part. */
const mark = /\ue000([0-9]+)\ue001/;

function parsed({ parts, at }: Text): Value | undefined {
  const isName = (part: Text['parts'][number]): boolean =>
    typeof part === 'string'
      ? !part.includes('\ue000')
      : part.kind === 'reference' || part.samples !== undefined || part.quoteless === true;
  if (!parts.every(isName)) return undefined;
  const json = parts.map((part, index) => (typeof part === 'string' ? part : `\ue000${index}\ue001`)).join('');
  try {
    return restored(fromJson(JSON.parse(json), at), parts);
  } catch {
    return undefined;
  }
}

/** What a provider of identities says in a token: the beginning of such a key is the provider, whichever that is. */
const ofProvider = /:(?:sub|aud|amr)$/;

/** The same value with the open parts back in their places. A key that is open opens its object, but for those of identity providers. */
function restored(value: Value, parts: Text['parts']): Value {
  const { at } = value;
  switch (value.kind) {
    case 'scalar': {
      if (typeof value.value !== 'string' || !mark.test(value.value)) return value;
      // Every other piece is the number of a part.
      const pieces = value.value.split(mark).map((piece, index) => (index % 2 === 0 ? piece : parts[Number(piece)]));
      const filled = pieces.filter((piece) => piece !== undefined && piece !== '');
      const [only] = filled;
      if (filled.length === 1 && typeof only === 'object') return only;
      return { kind: 'text', parts: filled as Text['parts'], at };
    }
    case 'list':
      return { ...value, items: value.items.map((item) => restored(item, parts)) };
    case 'dict': {
      const named = new Map(value.keys().map((key) => [restoredKey(key, parts), key]));
      if (named.has(undefined) || named.size < value.keys().length)
        return { kind: 'unknown', settledBy: 'the names of what a JSON text says, which it is to hold', at };
      return dictOf([...named.keys()] as string[], (key) => restored(value.get(named.get(key) ?? key), parts), at);
    }
    default:
      return value;
  }
}

/** A key with the open parts by name; undefined for one that may be any. */
function restoredKey(key: string, parts: Text['parts']): string | undefined {
  if (!mark.test(key)) return key;
  if (!ofProvider.test(key)) return undefined;
  return key.replace(new RegExp(mark, 'g'), (_, index: string) => {
    const part = parts[Number(index)];
    return typeof part === 'object' ? `\${${part.kind === 'reference' ? part.to : part.settledBy}}` : '';
  });
}
