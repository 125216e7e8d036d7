import { fromJson } from '#model/value.js';
import type { Judge } from '../context.js';
import { openPart } from '../equality.js';
import { fail, quote, unknown } from '../outcome.js';

/** What a JSON string holds. */
export const judge: Judge = (value, argument, context, engine) => {
  if (value.kind === 'absent') return fail(value.at, 'is absent; must be a JSON text');
  if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
  if (value.kind === 'text')
    return value.json ? engine.item(value.json, argument, context) : unknown(value.at, openPart(value));
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return engine.item(value, argument, context);
  try {
    return engine.item(fromJson(JSON.parse(value.value), value.at), argument, context);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(value.at, () => `is ${quote(value)}, no JSON`);
  }
};
