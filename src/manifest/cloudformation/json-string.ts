import type { Unknown, Value } from '#model/value.js';
import { concat, madeOf, secrecy } from './open.js';

/**
 * What `Fn::ToJsonString` makes of a value. The text remembers what it was made of, so that a policy written this way is
 * judged like one written as an object.
 */
export function jsonString(value: Value, at: number): Value {
  const pieces: (string | Value)[] = [];
  const open = spell(value, pieces, at);
  if (open) return madeOf(open, at);
  const text = concat(pieces, at);
  return text.kind === 'text' ? { ...text, json: value } : text;
}

/** Appends the JSON of a value; gives what is open where not even its shape is certain. */
function spell(value: Value, pieces: (string | Value)[], at: number): Unknown | undefined {
  switch (value.kind) {
    case 'scalar':
      pieces.push({
        kind: 'scalar',
        value: JSON.stringify(value.value),
        at,
        ...secrecy(value),
      });
      return undefined;
    case 'text':
      pieces.push(
        '"',
        ...value.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)),
        '"',
      );
      return undefined;
    case 'reference':
      pieces.push('"', value, '"');
      return undefined;
    case 'unknown':
      // It may be a number or a list: the quotes are part of what is open.
      if (value.maybeAbsent) return value;
      pieces.push(madeOf(value, at));
      return undefined;
    case 'list':
      return (
        value.open ??
        spellAll(
          '[',
          value.items.map((item) => [undefined, item]),
          ']',
          pieces,
          at,
        )
      );
    case 'dict': {
      if (value.open) return value.open;
      const entries = value.keys().map((key): [string, Value] => [key, value.get(key)]);
      return spellAll(
        '{',
        entries.filter(([, item]) => item.kind !== 'absent'),
        '}',
        pieces,
        at,
      );
    }
    default:
      pieces.push('null');
      return undefined;
  }
}

function spellAll(
  before: string,
  entries: readonly [key: string | undefined, value: Value][],
  after: string,
  pieces: (string | Value)[],
  at: number,
): Unknown | undefined {
  pieces.push(before);
  for (const [index, [key, value]] of entries.entries()) {
    pieces.push(`${index === 0 ? '' : ','}${key === undefined ? '' : `${JSON.stringify(key)}:`}`);
    const open = spell(value, pieces, at);
    if (open) return open;
  }
  pieces.push(after);
  return undefined;
}
