import { fromJson, type Text, type Value } from '#model/value.js';
import type { Predicate } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, quote, unknown } from '../outcome.js';
import { policyText } from '../policy-text.js';

/** What a JSON string holds. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'absent') return fail(value.at, 'is absent; must be a JSON text');
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'text') {
      const whole = value.json ?? policyText(value);
      if (whole) return judge(whole, context);
      const known = knownPart(value);
      const outcome = known && judge(known, context);
      // An open part may hold more than the string it stands in, so that what is good in the rest may not stay so.
      return outcome?.verdict === 'fail' ? outcome : unknown(value.at, openPart(value));
    }
    if (value.kind !== 'scalar' || typeof value.value !== 'string') return judge(value, context);
    const data = parsed(value.value);
    return data === undefined
      ? fail(value.at, () => `is ${quote(value)}, no JSON`)
      : judge(fromJson(data, value.at), context);
  };
};

/** Characters for private use stand for open parts: nobody writes them. */
const mark = '\ue000';

/** A partly known text whose open parts stand inside its strings; each string with one is unknown. */
function knownPart(text: Text): Value | undefined {
  if (text.parts.some((part) => typeof part === 'string' && part.includes(mark))) return undefined;
  const data = parsed(text.parts.map((part) => (typeof part === 'string' ? part : mark)).join(''));
  if (data === undefined || hasOpenKey(data)) return undefined;
  return fromJson(data, text.at, (value, at) =>
    typeof value === 'string' && value.includes(mark)
      ? { kind: 'unknown', settledBy: openPart(text), at }
      : { kind: 'scalar', value, at },
  );
}

const hasOpenKey = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  Object.entries(data).some(([key, value]) => key.includes(mark) || hasOpenKey(value));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
