import { type Predicate, scalars } from '../context.js';
import { fail, open, pass, quote } from '../outcome.js';
import { isNamed } from '../referent.js';
import { bySpelling } from '../spelling.js';

const compiled = new Map<string, RegExp>();

/** The value, read as an IAM pattern, matches a literal, or one of several: `s3:*` covers `s3:GetObject`. */
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
      const start = value.parts[0];
      const end = value.parts.at(-1);
      const possible =
        (typeof start !== 'string' || coversOne(`${start}*`)) && (typeof end !== 'string' || coversOne(`*${end}`));
      if (!possible) return fail(value.at, () => `is ${quote(value)}; ${must()}`);
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

const covers = (glob: string, literal: string): boolean => !differs(glob, literal) && patternOf(glob).test(literal);

/**
 * Whether the two differ before any wildcard. Most do in their first letters, and to make a regular expression of each action a
 * policy names takes longer than all that is asked of it.
 */
function differs(glob: string, literal: string): boolean {
  for (let at = 0; at < glob.length; at += 1) {
    const own = glob.charCodeAt(at);
    if (own === star || own === questionMark) return false;
    if (at >= literal.length) return true;
    const other = literal.charCodeAt(at);
    if (own < 128 && other < 128 && (own | caseBit) !== (other | caseBit)) return true;
  }
  return literal.length > glob.length;
}

const star = 42;
const questionMark = 63;
/** What a small ASCII letter has and its capital has not. */
const caseBit = 32;

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
