import type { Value } from '#model/value.js';
import type { Context } from './context.js';
import { fail, type Outcome, open, pass, quote, unknown } from './outcome.js';
import { sameScalar } from './scalar.js';

type Scalar = string | number | boolean;

/** Whether a value is one of some scalars. Azure compares what may be one of a few words without their case. */
export function equality(value: Value, wanted: readonly Scalar[], context?: Context): Outcome {
  const ignoresCase = context?.resource?.language === 'arm';
  const isSame = ignoresCase ? sameWord : sameScalar;
  const must = (): string => `must be ${wanted.map((scalar) => JSON.stringify(scalar)).join(' or ')}`;
  switch (value.kind) {
    case 'absent':
      return fail(value.at, () => `is absent; ${must()}`);
    case 'scalar':
      return wanted.some((scalar) => isSame(value.value, scalar))
        ? pass(value.at)
        : fail(value.at, () => `is ${quote(value)}; ${must()}`);
    case 'unknown':
      return wanted.every((scalar) => value.not?.includes(String(scalar)))
        ? fail(value.at, () => `is something else; ${must()}`)
        : open(value);
    case 'text': {
      const possible = wanted.some((scalar) => mayBe(value, String(scalar), ignoresCase));
      return possible ? unknown(value.at, openPart(value)) : fail(value.at, () => `is ${quote(value)}; ${must()}`);
    }
    case 'reference':
      return wanted.every(isNoName)
        ? fail(value.at, () => `is ${quote(value)}; ${must()}`)
        : unknown(value.at, `the value ${quote(value)} has once it exists`);
    default:
      return fail(value.at, () => `is ${quote(value)}; ${must()}`);
  }
}

const sameWord = (value: Scalar | null, wanted: Scalar): boolean =>
  typeof value === 'string' && typeof wanted === 'string'
    ? value.toLowerCase() === wanted.toLowerCase()
    : sameScalar(value, wanted);

/** A `Ref` or `GetAtt` gives the name, id or ARN of one thing: never nothing, a wildcard or a boolean. */
const isNoName = (scalar: Scalar): boolean => typeof scalar === 'boolean' || /^$|[*?]/.test(String(scalar));

/** Whether open parts could be filled so that the text reads so; its known beginning, end and length are held against it. */
export function mayBe(text: Extract<Value, { kind: 'text' }>, word: string, ignoresCase = false): boolean {
  const wanted = ignoresCase ? word.toLowerCase() : word;
  const { parts } = text;
  const first = parts[0];
  const last = parts.at(-1);
  const start = ignoresCase && typeof first === 'string' ? first.toLowerCase() : first;
  const end = ignoresCase && typeof last === 'string' ? last.toLowerCase() : last;
  const known = parts.reduce((length, part) => length + (typeof part === 'string' ? part.length : 0), 0);
  if (known > wanted.length) return false;
  if (typeof start === 'string' && !wanted.startsWith(start)) return false;
  return typeof end !== 'string' || wanted.endsWith(end);
}

/** What settles an open part of a string: the first, but for those of one shape, such as an account id, while another may be anything. */
export function openPart(value: Extract<Value, { kind: 'text' }>): string {
  const open = value.parts.filter((part) => typeof part !== 'string');
  const part = open.find((one) => !(one.kind === 'unknown' && one.samples)) ?? open[0];
  if (!part) return 'an open part';
  return part.kind === 'unknown' ? part.settledBy : `the value ${quote(part)} has once it exists`;
}
