import { type Dict, dictOf, type List, type Text, type Unknown, type Value } from '#model/value.js';
import { openPart } from './equality.js';
import { spellings } from './spelling.js';

/** One condition of a statement: `{Operator, Key, Values, Binds}` with operator and key in lower case. */
export function policyCondition(operator: string, key: string, keys: Dict): Dict {
  const value = keys.get(key);
  const { at } = value;
  const text = (spelt: string): Value => ({ kind: 'scalar', value: spelt.toLowerCase(), at });
  const get = (part: string): Value => {
    switch (part) {
      case 'Operator':
        return text(operator);
      case 'Key':
        return text(key);
      case 'Values':
        return asList(value);
      case 'Binds':
        return binds(operator.toLowerCase(), value);
      default:
        return { kind: 'absent', at };
    }
  };
  return dictOf(['Operator', 'Key', 'Values', 'Binds'], get, at);
}

export function asList(value: Value): List {
  return value.kind === 'list' ? value : { kind: 'list', items: [value], at: value.at };
}

/** What excludes, or holds where its key is missing, binds nobody. */
const excludes = /not|null|ifexists|forallvalues/;

/** Operators to which a star is a star. */
const literal = /^(?:foranyvalue:)?(?:stringequals(?:ignorecase)?|binaryequals|bool|ipaddress|numeric\w+|date\w+)$/;

/**
 * Whether a condition holds callers to somebody or something: not by an operator that excludes, and not where one of its values is a
 * pattern that anybody fits.
 */
function binds(operator: string, value: Value): Value {
  const said = (answer: boolean): Value => ({ kind: 'scalar', value: answer, at: value.at });
  const list = asList(value);
  // A value that is left out takes the condition with it.
  if (excludes.test(operator) || list.items.every(({ kind }) => kind === 'absent')) return said(false);
  if (value.kind === 'unknown' && value.maybeAbsent) return value;
  if (literal.test(operator)) return said(true);
  let open: Unknown | undefined = list.open;
  for (const item of list.items) {
    const answer = names(item);
    if (answer === false) return said(false);
    if (answer !== true) open ??= answer;
  }
  return open ?? said(true);
}

/** Whether a pattern names somebody; unknown where what is not known yet decides. */
export function names(pattern: Value): boolean | Unknown {
  switch (pattern.kind) {
    case 'scalar':
      return !anybody.test(String(pattern.value));
    // What something is called once it is there is the name of that thing.
    case 'reference':
      return true;
    case 'unknown':
      return pattern.not?.includes('*') || pattern;
    case 'text': {
      if (namesAccount(pattern)) return true;
      const answers = new Set(spellings(pattern)?.map((spelt) => !anybody.test(spelt)));
      const [only] = answers;
      if (answers.size === 1 && only !== undefined) return only;
      return { kind: 'unknown', settledBy: openPart(pattern), at: pattern.at };
    }
    default:
      return false;
  }
}

/** Of an ARN whose account is known the rest does not count. */
function namesAccount(pattern: Text): boolean {
  const end = pattern.parts.findIndex((part) => typeof part !== 'string' && !(part.kind === 'unknown' && part.samples));
  const start = spellings({ ...pattern, parts: pattern.parts.slice(0, end === -1 ? undefined : end) }) ?? [];
  return start.length > 0 && start.every((spelt) => /^arn:(?:[^:]*:){3}[^:*?]+:/.test(spelt));
}

/**
 * Patterns that leave open whose they are: an account with a wildcard in it, an ARN whose account is one or that has none and names no
 * thing, an organization, network or endpoint of which only the beginning is said, and all that begins with a wildcard.
 */
const anybody = new RegExp(
  [
    '^[*?]',
    '^[0-9]+[*?]',
    '^(?:o|vpc|vpce)-[^/]*[*?]',
    '^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]',
    '^arn:[^:]*:[^:]*:[^:]*::[*?]',
    '^arn(?=.*[*?])(?::[^:]*){0,4}$',
  ].join('|'),
);
