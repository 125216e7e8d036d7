import { type Predicate, scalars } from '../context.js';
import { covers, mayCover } from '../iam-pattern.js';
import { fail, open, pass, quote } from '../outcome.js';
import { isNamed } from '../referent.js';
import { bySpelling } from '../spelling.js';

/**
 * The value, read as an IAM pattern, matches a literal or some text of a form, or one of several: `s3:*` covers `s3:GetObject`, and
 * `arn:aws:iam::111122223333:role/*` covers `arn:*:iam::*:role/x`.
 */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => {
    const literals = named(context).map((literal) =>
      String(literal).replace('{partition}', context.boundary.partition),
    );
    const must = (): string => `must cover ${literals.join(' or ')}`;
    const coversOne = (glob: string): boolean => literals.some((literal) => covers(glob, literal));
    if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must()}`);
    // What a requirement holds against patterns is the name of no thing of the manifest.
    if (isNamed(value)) return fail(value.at, () => `is ${quote(value)}; ${must()}`);
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'text') {
      const parts = value.parts.map((part) => (typeof part === 'string' ? part : part.kind === 'unknown' ? part : {}));
      if (!literals.some((literal) => mayCover(parts, literal)))
        return fail(value.at, () => `is ${quote(value)}; ${must()}`);
      return bySpelling(value, (text) =>
        coversOne(text) ? pass(value.at) : fail(value.at, () => `is ${quote(value)}; ${must()}`),
      );
    }
    if (value.kind !== 'scalar') return fail(value.at, () => `is ${quote(value)}; ${must()}`);
    return coversOne(String(value.value ?? ''))
      ? pass(value.at)
      : fail(value.at, () => `is ${quote(value)}; ${must()}`);
  };
};
