import type { Value } from '#model/value.js';
import { type Predicate, scalars } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';

/** The string begins with one of those named; decided from its known beginning where that is long enough. */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => {
    const starts = named(context).map(String);
    const must = (): string => `must start with ${starts.join(' or ')}`;
    if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must()}`);
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'reference') return unknown(value.at, `the value ${quote(value)} has once it exists`);
    const { known, whole } = beginning(value);
    if (starts.some((start) => known.startsWith(start))) return pass(value.at);
    const stillPossible = !whole && starts.some((start) => start.startsWith(known));
    if (stillPossible && value.kind === 'text') return unknown(value.at, openPart(value));
    return fail(value.at, () => `is ${quote(value)}; ${must()}`);
  };
};

function beginning(value: Value): { known: string; whole: boolean } {
  if (value.kind === 'scalar') return { known: String(value.value ?? ''), whole: true };
  if (value.kind !== 'text') return { known: '', whole: true };
  const [start] = value.parts;
  return { known: typeof start === 'string' ? start : '', whole: false };
}
