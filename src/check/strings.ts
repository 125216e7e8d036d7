import type { Dict, Scalar, Text, Value } from '#model/value.js';
import type { Context, Engine } from './context.js';
import { all, type Outcome, reworded, unknown } from './outcome.js';

/**
 * Judges every string spelt out anywhere under an object. Values wholly unknown are left to the requirements that speak
 * of those properties: nothing is spelt there.
 */
export function everyString(base: Dict, predicate: unknown, context: Context, engine: Engine): Outcome {
  // Of a resource that is open as a whole nothing is spelt, and nothing is left to any other requirement either.
  if (base.open && base.keys().length === 0) return unknown(base.at, base.open.settledBy);
  const outcomes: Outcome[] = [];
  visit(base, 0, (text) => {
    const outcome = engine.predicate(text, predicate, context);
    if (outcome.verdict !== 'pass') outcomes.push(reworded(outcome, (reason) => `a string ${reason}`));
    else if (looksLikeArn(text)) outcomes.push(outcome);
  });
  return all(outcomes, base.at);
}

function visit(value: Value, depth: number, judge: (text: Scalar | Text) => void): void {
  if (depth > 60) return;
  if (value.kind === 'scalar') {
    if (typeof value.value === 'string') judge(value);
  } else if (value.kind === 'dict') {
    for (const key of value.keys()) visit(value.get(key), depth + 1, judge);
  } else if (value.kind === 'list') {
    for (const item of value.items) visit(item, depth + 1, judge);
  } else if (value.kind === 'text' && typeof value.parts[0] === 'string') judge(value);
}

/** Only strings a verdict can rest on are evidence; the thousand others would drown them. */
const looksLikeArn = (text: Scalar | Text): boolean =>
  text.kind === 'scalar' ? String(text.value).startsWith('arn:') : String(text.parts[0]).startsWith('arn:');
