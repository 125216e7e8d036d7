import { type Predicate, scalars } from '../context.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';
import { bySpelling } from '../spelling.js';

const compiled = new Map<string, RegExp>();

/** The value, read as an IAM pattern, matches a literal: `s3:*` covers `s3:GetObject`. */
export const predicate: Predicate = (argument) => {
  const named = scalars(argument);
  return (value, context) => {
    const [literal] = named(context).map(String);
    const must = (): string => `must cover ${literal}`;
    if (value.kind === 'absent') return fail(value.at, () => `is absent; ${must()}`);
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'reference') return unknown(value.at, `the value ${quote(value)} has once it exists`);
    if (value.kind === 'text') {
      const [start] = value.parts;
      const possible = typeof start !== 'string' || patternOf(`${start}*`).test(literal ?? '');
      if (!possible) return fail(value.at, () => `is ${quote(value)}; ${must()}`);
      return bySpelling(value, (text) =>
        patternOf(text).test(literal ?? '') ? pass(value.at) : fail(value.at, () => `is ${quote(value)}; ${must()}`),
      );
    }
    if (value.kind !== 'scalar') return fail(value.at, () => `is ${quote(value)}; ${must()}`);
    return patternOf(String(value.value ?? '')).test(literal ?? '')
      ? pass(value.at)
      : fail(value.at, () => `is ${quote(value)}; ${must()}`);
  };
};

/** Runs of stars are folded: `***` would make the expression back-track. */
function patternOf(glob: string): RegExp {
  let pattern = compiled.get(glob);
  if (!pattern) {
    const source = glob
      .replace(/\*+/g, '*')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    pattern = new RegExp(`^${source}$`, 'is');
    compiled.set(glob, pattern);
  }
  return pattern;
}
