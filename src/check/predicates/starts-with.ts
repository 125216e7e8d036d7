import type { Value } from '#model/value.js';
import { type Predicate, scalars } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';
import { beginningsOf } from '../spelling.js';

/** The string begins with one of those named; decided from its known beginning where that is long enough. */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => {
    const starts = named(context).map((start) => String(start).replace('{partition}', context.boundary.partition));
    const must = (): string => `must start with ${starts.join(' or ')}`;
    if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must()}`);
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'reference') return unknown(value.at, `the value ${quote(value)} has once it exists`);
    const possible = beginnings(value).map(({ known, whole }) => begins(known, whole, starts));
    const [first] = possible;
    if (first === 'open' || possible.some((each) => each !== first))
      return unknown(value.at, value.kind === 'text' ? openPart(value) : 'an open part');
    return first === 'yes' ? pass(value.at) : fail(value.at, () => `is ${quote(value)}; ${must()}`);
  };
};

interface Beginning {
  known: string;
  whole: boolean;
}

function begins(known: string, whole: boolean, starts: readonly string[]): 'yes' | 'no' | 'open' {
  if (starts.some((start) => known.startsWith(start))) return 'yes';
  return !whole && starts.some((start) => start.startsWith(known)) ? 'open' : 'no';
}

/** How a value may begin, up to the first part that may be anything: an account id is twelve digits, whichever they are. */
function beginnings(value: Value): readonly Beginning[] {
  if (value.kind === 'scalar') return [{ known: String(value.value ?? ''), whole: true }];
  if (value.kind !== 'text') return [{ known: '', whole: true }];
  const { spelt, isWhole } = beginningsOf(value);
  if (spelt.length === 0) return [{ known: '', whole: false }];
  return spelt.map((known) => ({ known, whole: isWhole }));
}
