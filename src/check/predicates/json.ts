import { jsonText } from '#model/json-text.js';
import { fromJson } from '#model/value.js';
import type { Predicate } from '../context.js';
import { openPart } from '../equality.js';
import { knownPart } from '../known-part.js';
import { fail, open, quote, unknown } from '../outcome.js';

/** What a JSON string holds. */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'absent') return fail(value.at, 'is absent; must be a JSON text');
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'text') {
      const whole = value.json ?? jsonText(value);
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
