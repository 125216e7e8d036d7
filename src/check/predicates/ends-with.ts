import type { Value } from '#model/value.js';
import { type Predicate, scalars } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';

/** The string ends with one of those named, in whatever case; decided from its known end where that is long enough. */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => {
    const ends = named(context).map((end) => String(end).toLowerCase());
    const must = (): string => `must end with ${ends.join(' or ')}`;
    if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must()}`);
    if (value.kind === 'unknown') return open(value);
    const isName = value.kind === 'reference' || (value.kind === 'text' && isReference(value.parts.at(-1)));
    if (isName && ends.every((end) => /[*?]$/.test(end))) return fail(value.at, () => `is ${quote(value)}; ${must()}`);
    if (value.kind === 'reference') return unknown(value.at, `the value ${quote(value)} has once it exists`);
    const { known, whole } = ending(value);
    if (ends.some((end) => known.endsWith(end))) return pass(value.at);
    const stillPossible = !whole && ends.some((end) => end.endsWith(known));
    if (stillPossible && value.kind === 'text') return unknown(value.at, openPart(value));
    return fail(value.at, () => `is ${quote(value)}; ${must()}`);
  };
};

/** A `Ref` or `GetAtt` gives the name of one thing, which never ends with a wildcard. */
const isReference = (part: string | Value | undefined): boolean =>
  typeof part === 'object' && part.kind === 'reference';

function ending(value: Value): { known: string; whole: boolean } {
  if (value.kind === 'scalar') return { known: String(value.value ?? '').toLowerCase(), whole: true };
  if (value.kind !== 'text') return { known: '', whole: true };
  const end = value.parts.at(-1);
  return { known: typeof end === 'string' ? end.toLowerCase() : '', whole: false };
}
