import type { Absent, Reference, Unknown, Value } from '#model/value.js';

export const unknown = (settledBy: string, at: number, not?: readonly string[]): Unknown =>
  not ? { kind: 'unknown', settledBy, not, at } : { kind: 'unknown', settledBy, at };

/** What a macro or transform writes: any value, or none. */
export const rewritten = (settledBy: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy,
  maybeAbsent: true,
  at,
});

/** A string that stands for itself in everything but its digits. */
export const accountId = (at: number): Unknown => ({
  kind: 'unknown',
  settledBy: 'AWS::AccountId',
  not: ['', '*'],
  samples: ['907512384061', '246813579024'],
  at,
});

export const absent = (at: number): Absent => ({ kind: 'absent', at });

/** A literal string; `{{resolve:…}}` inside it is looked up by AWS and so unknown here. */
export function literal(text: string, at: number): Value {
  if (!text.includes('{{resolve:')) return { kind: 'scalar', value: text, at };
  const parts = text.split(/(\{\{resolve:[^}]*\}\})/).filter((part) => part !== '');
  return concat(
    parts.map((part) => (part.startsWith('{{resolve:') ? unknown(`dynamic reference ${part}`, at, ['']) : part)),
    at,
  );
}

/** Joins known and unknown pieces of a string. */
export function concat(pieces: readonly (string | Value)[], at: number): Value {
  const parts: (string | Unknown | Reference)[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') append(parts, piece);
    else if (piece.kind === 'scalar') append(parts, String(piece.value ?? ''));
    else if (piece.kind === 'text') for (const part of piece.parts) append(parts, part);
    else if (piece.kind === 'unknown' || piece.kind === 'reference') append(parts, piece);
    else return unknown('a list or object inside a string', at);
  }
  const [only] = parts;
  if (only === undefined) return { kind: 'scalar', value: '', at };
  if (parts.length > 1) return { kind: 'text', parts, at };
  return typeof only === 'string' ? { kind: 'scalar', value: only, at } : { ...only, at };
}

function append(parts: (string | Unknown | Reference)[], part: string | Unknown | Reference): void {
  const last = parts.at(-1);
  if (typeof part !== 'string') parts.push(part);
  else if (typeof last === 'string') parts[parts.length - 1] = last + part;
  else if (part !== '') parts.push(part);
}
