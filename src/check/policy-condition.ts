import { type Dict, dictOf, type List, type Text, type Unknown, type Value } from '#model/value.js';
import { openPart } from './equality.js';
import { isNamed } from './referent.js';
import { beginningsOf, spellings } from './spelling.js';

/** One condition of a statement: `{Operator, Key, Values, Patterns, Binds}` with operator and key in lower case. */
export function policyCondition(operator: string, key: string, value: Value): Dict {
  const { at } = value;
  const text = (spelt: string): Value => ({ kind: 'scalar', value: spelt.toLowerCase(), at });
  const get = (part: string): Value => {
    switch (part) {
      case 'Operator':
        return operators.test(operator) ? text(operator) : notThere(operator, at);
      case 'Key':
        return text(key);
      case 'Values':
        return asList(value);
      case 'Patterns':
        return patterns(operator.toLowerCase(), key, value);
      case 'Binds':
        return binds(operator.toLowerCase(), key, value);
      default:
        return { kind: 'absent', at };
    }
  };
  return dictOf(['Operator', 'Key', 'Values', 'Patterns', 'Binds'], get, at);
}

export function asList(value: Value): List {
  // An expression that names one thing may put more than that into a list that is wholly open.
  if (value.kind === 'unknown' && value.from) return { kind: 'list', items: [], open: value, at: value.at };
  return value.kind === 'list' ? value : { kind: 'list', items: [value], at: value.at };
}

/** Operators there are; AWS refuses a policy with another one. */
const operators =
  /^(?:for(?:anyvalue|allvalues):)?(?:string(?:not)?(?:equals(?:ignorecase)?|like)|arn(?:not)?(?:equals|like)|(?:numeric|date)(?:(?:not)?equals|(?:less|greater)than(?:equals)?)|bool|binaryequals|(?:not)?ipaddress|null)(?:ifexists)?$/i;

const notThere = (operator: string, at: number): Unknown => ({
  kind: 'unknown',
  settledBy: `what is meant by condition operator ${operator}, which AWS refuses`,
  at,
});

/** Most accounts are greater than one. */
const compares = /(?:less|greater)than/;

/** What excludes, or holds where its key is missing, binds nobody. */
const excludes = /not|null|ifexists|forallvalues/;

/** Operators to which a star is a star. */
const literal =
  /^(?:for(?:any|all)values?:)?(?:string(?:not)?equals(?:ignorecase)?|binaryequals|bool|(?:not)?ipaddress|numeric\w+|date\w+|null)(?:ifexists)?$/;

/**
 * Those of its values that stand for more than one text: all of them where to the operator a star stands for any text, otherwise those with a
 * policy variable in them. The variable of the key itself is whatever the caller brings, as a star is.
 */
function patterns(operator: string, key: string, value: Value): List {
  const isLiteral = literal.test(operator);
  const list = asList(value);
  if (!list.items.some(hasVariable)) return isLiteral ? { kind: 'list', items: [], at: value.at } : list;
  const items = (isLiteral ? list.items.filter(hasVariable) : list.items).map((item) => withoutItself(item, key));
  return isLiteral ? { kind: 'list', items, at: value.at } : { ...list, items };
}

/** `${aws:username}`, which a policy document of Terraform spells `&{aws:username}`. */
const variable = /[$&]\{([^},:{]*:[^},{]*)(?:,[^}]{0,1000})?\}/g;

const hasVariable = (value: Value): boolean => value.kind === 'scalar' && String(value.value).search(variable) >= 0;

function withoutItself(value: Value, key: string): Value {
  if (value.kind !== 'scalar' || !hasVariable(value)) return value;
  const itself = key.toLowerCase();
  const spelt = String(value.value).replace(variable, (whole: string, name: string) =>
    name.trim().toLowerCase() === itself ? '*' : whole,
  );
  return { ...value, value: spelt };
}

/**
 * Whether a condition holds callers to somebody or something: not by an operator that excludes, and not where one of its values is a
 * pattern that anybody fits.
 */
function binds(operator: string, key: string, value: Value): Value {
  const said = (answer: boolean): Value => ({ kind: 'scalar', value: answer, at: value.at });
  if (!operators.test(operator)) return notThere(operator, value.at);
  if (excludes.test(operator) || compares.test(operator)) return said(false);
  if (value.kind === 'unknown' && value.maybeAbsent) return value;
  const read = patterns(operator, key, value);
  let open: Unknown | undefined = read.open;
  for (const item of read.items) {
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
    case 'reference':
      return isNamed(pattern);
    case 'unknown':
      return pattern.not?.includes('*') || isNamed(pattern) || pattern;
    case 'text': {
      const [start] = pattern.parts;
      if (namesAccount(pattern) || (typeof start === 'object' && isNamed(start))) return true;
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
  const { spelt: starts } = beginningsOf(pattern);
  return starts.length > 0 && starts.every((spelt) => /^arn:(?:[^:]*:){3}[^:*?]+:/.test(spelt));
}

/**
 * Patterns that leave open whose they are: an account with a wildcard in it, an ARN whose account is one or that has none and names no
 * thing, an organization, network or endpoint of which only the beginning is said, all with a wildcard before the kind of thing is said, and
 * what a variable takes from the caller rather than from the thing.
 */
const anybody = new RegExp(
  [
    '^[^:/$&-]*[*?]',
    '^(?:o|vpc|vpce)-[^/]*[*?]',
    '^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?]',
    '^arn:[^:]*:[^:]*:[^:]*::[*?]',
    '^arn(?=.*[*?])(?::[^:]*){0,4}$',
    '^(?:arn:(?:[^:]*:){0,3}[^:]*)?[$&]\\{(?!aws:Resource(?:Account|OrgID|OrgPaths)\\})',
  ].join('|'),
  'i',
);
