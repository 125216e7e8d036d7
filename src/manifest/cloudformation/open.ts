import { namesSecret } from '#model/secret-name.js';
import type { Absent, List, Reference, Scalar, Text, Unknown, Value } from '#model/value.js';

/** What the template or whoever deploys it decides, in sight of everybody who may look at the stack. */
export const unknown = (settledBy: string, at: number, not?: readonly string[]): Unknown =>
  not ? { kind: 'unknown', settledBy, not, shown: true, at } : { kind: 'unknown', settledBy, shown: true, at };

/** What is kept in another place, and only referred to here. */
export const elsewhere = (settledBy: string, at: number, not?: readonly string[]): Unknown => ({
  ...unknown(settledBy, at, not),
  shown: undefined,
});

/** What becomes of an open value in a function: as little known, and as open to be seen. */
export const madeOf = ({ settledBy, shown, hidden }: Unknown, at: number): Unknown => ({
  ...unknown(settledBy, at),
  shown,
  hidden,
});

/** What a macro or transform writes: any value, or none. */
export const rewritten = (settledBy: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy,
  maybeAbsent: true,
  shown: true,
  at,
});

/** A string that stands for itself in everything but its digits. */
export const accountId = (at: number, place?: string): Unknown => ({
  kind: 'unknown',
  settledBy: place === undefined ? 'AWS::AccountId' : `AWS::AccountId of ${place}`,
  not: ['', '*'],
  samples: ['907512384061', '246813579024'],
  at,
});

/** The name of a repository of images: whatever it is, no tag and no digest. */
export const repositoryName = (of: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy: `the name ${of} has once it exists`,
  not: ['', '*'],
  samples: ['app', 'agency/app-2'],
  at,
});

export const absent = (at: number): Absent => ({ kind: 'absent', at });

const isWhole = /^\{\{resolve:[^}]*\}\}$/;

/** A literal string; `{{resolve:…}}` inside it is looked up by AWS and so unknown here. */
export function literal(text: string, at: number): Value {
  if (!text.includes('{{resolve:')) return { kind: 'scalar', value: text, at };
  const parts = text.split(/(\{\{resolve:[^}]{0,4096}\}\})/).filter((part) => part !== '');
  return concat(
    // A piece that only begins one is a text until its end is joined to it.
    parts.map((part) => (isWhole.test(part) ? resolved(`dynamic reference ${part}`, part, at) : part)),
    at,
  );
}

/**
 * What AWS puts in the place of a dynamic reference. Of a secret of a database, all but its password may be known. A plain parameter
 * (`ssm`) is kept in clear, and is a secret where its name says so.
 */
function resolved(settledBy: string, reference: string, at: number): Unknown {
  const value = elsewhere(settledBy, at, ['']);
  if (reference.length > longestReference) return { ...value, hidden: true };
  const [, plain] = /^\{\{resolve:ssm:([^}]*?)(?::[0-9]+)?\}\}$/.exec(reference) ?? [];
  if (plain !== undefined) return { ...unknown(settledBy, at, ['']), ...(namesSecret(plain) ? { hidden: true } : {}) };
  const [, service, , key = ''] =
    /^\{\{resolve:(secretsmanager|ssm-secure):(.*?)(?::SecretString(?::([^:}]*))?[^}]*)?\}\}$/.exec(reference) ?? [];
  if (service === undefined) return value;
  return { ...value, hidden: connection.test(key) ? 'by-name' : true };
}

/** Names and ARNs are far shorter; of what is longer nothing is looked for, since that would take its square. */
const longestReference = 4200;

/** Keys of a secret of Secrets Manager that say where and as whom a client connects. */
const connection =
  /^(?:user(?:name)?|engine|host(?:name)?|port|endpoint|db(?:name)?|database|masterarn|ssl|db(?:Instance|Cluster)Identifier)$/i;

/** Dynamic references that came together only when pieces were joined: what AWS puts in their place is not known. */
export function withDynamicReferences(value: Value, at: number): Value {
  const spelt = value.kind === 'scalar' ? [value.value] : value.kind === 'text' ? value.parts : [];
  const isDynamic = spelt.some((part) => typeof part === 'string' && part.includes('{{resolve:'));
  if (!isDynamic) return value;
  if (value.kind === 'scalar') return literal(String(value.value), at);
  return concat(value.kind === 'text' ? lookedUp(value.parts, at) : [], at);
}

/** Stands for what comes into the name of a dynamic reference. */
const openName = '*';

/** From where a dynamic reference begins to where it ends is one open part, whatever open parts its name has. */
function lookedUp(parts: Text['parts'], at: number): Value[] {
  const pieces: Value[] = [];
  /** The reference that has begun, as far as it is spelt. */
  let inside: string | undefined;
  for (const part of parts) {
    if (typeof part !== 'string') {
      if (inside === undefined) pieces.push(part);
      else inside += openName;
      continue;
    }
    const end = inside === undefined ? -2 : part.indexOf('}}');
    if (end === -1) {
      inside += part;
      continue;
    }
    if (inside !== undefined) pieces.push(resolved('a dynamic reference', inside + part.slice(0, end + 2), at));
    const rest = part.slice(end + 2);
    const begin = rest.indexOf('{{resolve:', rest.lastIndexOf('}') + 1);
    pieces.push(literal(begin === -1 ? rest : rest.slice(0, begin), at));
    inside = begin === -1 ? undefined : rest.slice(begin);
  }
  // Only what comes into it could end it; as it stands it is a text like any other.
  if (inside !== undefined) pieces.push(unknown('a dynamic reference without an end', at, ['']));
  return pieces;
}

/** Twice the largest template AWS takes. */
const longest = 2 * 1024 * 1024;

const tooLong = (at: number): Unknown => unknown('a text longer than any that is followed', at);

/** A text made of another, which doubles where it is made of itself again and again. */
export const remade = (text: string, from: Scalar, at: number): Value =>
  text.length > longest
    ? { ...tooLong(at), ...(from.hidden ? { hidden: from.hidden } : {}) }
    : { kind: 'scalar', value: text, at, ...secrecy(from) };

/** Joins known and unknown pieces of a string. What holds a secret is one; with other open parts, the secret is one of those. */
export function concat(pieces: readonly (string | Value)[], at: number): Value {
  const secret = pieces.some((piece) => typeof piece !== 'string' && piece.kind === 'scalar' && piece.sensitive);
  const isOpen = (piece: string | Value): boolean => typeof piece !== 'string' && piece.kind !== 'scalar';
  if (secret && pieces.some(isOpen)) return concat(pieces.map(withoutSecret), at);
  const parts: (string | Unknown | Reference)[] = [];
  let length = 0;
  for (const piece of pieces) {
    const spelt = partsOf(piece);
    if (!spelt) return unknown('a list or object inside a string', at);
    for (const part of spelt) {
      length += typeof part === 'string' ? part.length : 20;
      // Texts that are made of themselves double with each step.
      if (length > longest) return tooLong(at);
      append(parts, part);
    }
  }
  const [only] = parts;
  if (only === undefined) return { kind: 'scalar', value: '', at };
  if (parts.length > 1) return { kind: 'text', parts, at };
  if (typeof only !== 'string') return { ...only, at };
  if (!secret) return { kind: 'scalar', value: only, at };
  return {
    kind: 'scalar',
    value: only,
    sensitive: true,
    at,
    ...(pieces.every(isGiven) ? { given: true } : {}),
    ...mostHidden(pieces),
  };
}

/** No secret, or one that somebody gives who deploys the template. */
const isGiven = (piece: string | Value): boolean =>
  typeof piece === 'string' || piece.kind !== 'scalar' || !piece.sensitive || piece.given === true;

function mostHidden(pieces: readonly (string | Value)[]): Pick<Scalar, 'hidden'> {
  const hidden = pieces.map((piece) =>
    typeof piece !== 'string' && piece.kind === 'scalar' ? piece.hidden : undefined,
  );
  if (hidden.includes(true)) return { hidden: true };
  return hidden.includes('by-name') ? { hidden: 'by-name' } : {};
}

function partsOf(piece: string | Value): readonly (string | Unknown | Reference)[] | undefined {
  if (typeof piece === 'string') return [piece];
  if (piece.kind === 'scalar') return [String(piece.value ?? '')];
  if (piece.kind === 'text') return piece.parts;
  return piece.kind === 'unknown' || piece.kind === 'reference' ? [piece] : undefined;
}

function withoutSecret(piece: string | Value): string | Value {
  if (typeof piece === 'string' || piece.kind !== 'scalar' || !piece.sensitive) return piece;
  const open = (piece.given ? elsewhere : unknown)('a secret', piece.at);
  return piece.hidden ? { ...open, hidden: piece.hidden } : open;
}

/** A list inside a string reads as CloudFormation prints it: joined with commas. */
export function flat(value: Value, at: number): Value {
  if (value.kind === 'absent') return { kind: 'scalar', value: '', at };
  return value.kind === 'list' ? joined(value, ',', at) : value;
}

export function joined(list: List, delimiter: string, at: number): Value {
  // An item that may vanish takes its delimiter along.
  const loose = list.open ?? list.items.find((item) => item.kind === 'unknown' && item.maybeAbsent);
  if (loose?.kind === 'unknown') return unknown(loose.settledBy, at);
  return concat(
    list.items.flatMap((item, index) => (index === 0 ? [item] : [delimiter, item])),
    at,
  );
}

function append(parts: (string | Unknown | Reference)[], part: string | Unknown | Reference): void {
  const last = parts.at(-1);
  if (typeof part !== 'string') parts.push(part);
  else if (typeof last === 'string') parts[parts.length - 1] = last + part;
  else if (part !== '') parts.push(part);
}

/** What is made of a secret is one, and is given where it is. */
export const secrecy = ({ sensitive, given, hidden }: Scalar): Pick<Scalar, 'sensitive' | 'given' | 'hidden'> => ({
  ...(sensitive ? { sensitive } : {}),
  ...(given ? { given } : {}),
  ...(hidden ? { hidden } : {}),
});
