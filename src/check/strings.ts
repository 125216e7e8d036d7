import type { Dict, Scalar, Text, Value } from '#model/value.js';
import type { Context, Engine } from './context.js';
import { all, type Outcome } from './outcome.js';

/**
 * Judges every string spelt out anywhere under an object. Values wholly unknown are left to the requirements that speak
 * of those properties: nothing is spelt there.
 */
export function everyString(base: Dict, predicate: unknown, context: Context, engine: Engine): Outcome {
  const outcomes: Outcome[] = [];
  for (const text of strings(base, 0)) {
    const outcome = engine.predicate(text, predicate, context);
    if (outcome.verdict !== 'pass') outcomes.push({ ...outcome, reason: `a string ${outcome.reason}` });
    else if (looksLikeArn(text)) outcomes.push(outcome);
  }
  return all(outcomes, base.at);
}

function* strings(value: Value, depth: number): Generator<Scalar | Text> {
  if (depth > 60) return;
  if (value.kind === 'text') {
    if (typeof value.parts[0] === 'string') yield value;
  } else if (value.kind === 'scalar') {
    if (typeof value.value === 'string') yield value;
  } else if (value.kind === 'list') for (const item of value.items) yield* strings(item, depth + 1);
  else if (value.kind === 'dict') for (const key of value.keys()) yield* strings(value.get(key), depth + 1);
}

/** Only strings a verdict can rest on are evidence; the thousand others would drown them. */
const looksLikeArn = (text: Scalar | Text): boolean =>
  text.kind === 'scalar' ? String(text.value).startsWith('arn:') : String(text.parts[0]).startsWith('arn:');
