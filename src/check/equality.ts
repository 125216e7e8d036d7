import type { Value } from '#model/value.js';
import { fail, type Outcome, pass, quote, unknown } from './outcome.js';
import { sameScalar } from './scalar.js';

/** Whether a value is one of some scalars. */
export function equality(value: Value, wanted: readonly (string | number | boolean)[]): Outcome {
  const must = `must be ${wanted.map((scalar) => JSON.stringify(scalar)).join(' or ')}`;
  switch (value.kind) {
    case 'absent':
      return fail(value.at, `is absent; ${must}`);
    case 'scalar':
      return wanted.some((scalar) => sameScalar(value.value, scalar))
        ? pass(value.at)
        : fail(value.at, `is ${quote(value)}; ${must}`);
    case 'unknown':
      return wanted.every((scalar) => value.not?.includes(String(scalar)))
        ? fail(value.at, `is never any of these; ${must}`)
        : unknown(value.at, value.settledBy);
    case 'text': {
      const [start] = value.parts;
      const possible = typeof start !== 'string' || wanted.some((scalar) => String(scalar).startsWith(start));
      return possible ? unknown(value.at, openPart(value)) : fail(value.at, `is ${quote(value)}; ${must}`);
    }
    case 'reference':
      return unknown(value.at, `the value ${quote(value)} has once it exists`);
    default:
      return fail(value.at, `is ${quote(value)}; ${must}`);
  }
}

/** What settles the first open part of a string. */
export function openPart(value: Extract<Value, { kind: 'text' }>): string {
  for (const part of value.parts) {
    if (typeof part === 'string') continue;
    return part.kind === 'unknown' ? part.settledBy : `the value ${quote(part)} has once it exists`;
  }
  return 'an open part';
}
