import type { Condition, Expectation, LiveExpectation } from '#model/requirement.js';
import { flow } from './flow.js';
import { code, either, type Inline, joined, type Line } from './page.js';

/** What a predicate says of a value, to follow the value's name: `is true`; what does not fit a line stands under it. */
type Phrase = Line;
type Say = (argument: unknown) => Phrase;

const say = (...text: Inline[]): Phrase => ({ text });
const items = (argument: unknown): unknown[] => (Array.isArray(argument) ? argument : [argument]);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A literal, or what the plan, the boundary or the data on clouds put in its place. */
function operand(value: unknown): Inline[] {
  if (isObject(value)) {
    if (typeof value.setting === 'string')
      return [
        'the setting ',
        { kind: 'setting', id: value.setting, text: value.setting },
        ...(value.as === 'years' ? [' in years'] : []),
      ];
    if (value.boundary === 'regions') return ['the boundary’s regions'];
    if (value.boundary === 'partition') return ['the boundary’s partition'];
    if (typeof value.locations === 'string') return ['the locations of ', code(value.locations)];
  }
  if (value === '') return ['the empty text'];
  return [code(typeof value === 'string' ? value : flow(value))];
}

const oneOf = (argument: unknown): Inline[] => {
  if (isObject(argument)) return ['one of ', ...operand(argument)];
  const choices = items(argument).map(operand);
  const [only] = choices;
  return choices.length === 1 && only
    ? only
    : ['one of ', ...choices.flatMap((each, at) => (at === 0 ? each : [', ', ...each]))];
};

/** A literal with a star in it stands for every text of its form. */
const form = (argument: unknown): string =>
  items(argument).some((each) => String(each).includes('*')) ? 'a text of the form ' : '';

const unlessOpen = (argument: unknown): Inline[] =>
  argument === true ? [] : [' (', ...operand(argument), ': what is wholly unknown is left alone)'];

const types = (argument: unknown): Inline[] => either(items(argument).map((type) => code(String(type))));

const counted = (argument: unknown, noun: string): string => `${String(argument)} ${noun}${argument === 1 ? '' : 's'}`;

const wideRange = 'a range that takes in much of the internet: wider than /16 (IPv6: /32) and in no private range';

/** How each predicate reads. `not` knows the opposites of those that have one. */
const phrases: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['absent', () => say('is not there')],
  ['absent-or', (argument) => after('is not there', argument)],
  ['account-in-boundary', () => say('is of no account outside the boundary')],
  ['all', (argument) => several(items(argument).map(predicateWords), 'and')],
  ['any', (argument) => several(items(argument).map(predicateWords), 'or')],
  ['arn-in-boundary', () => say('is no ARN outside the boundary’s partition and regions')],
  ['at-least', (argument) => say('is at least ', ...operand(argument))],
  ['at-most', (argument) => say('is at most ', ...operand(argument))],
  ['contains', (argument) => say('contains ', ...joined(items(argument).flatMap(operand), ' and '))],
  ['covers', (argument) => say('covers ', form(argument), ...oneOf(argument), ' (read as an IAM pattern)')],
  ['customer-key', () => say('is a customer-managed KMS key of this manifest or inside the boundary')],
  ['ends-with', (argument) => say('ends with ', ...oneOf(argument))],
  ['entries', (argument) => under('has as entries a list that ', 'has as entries a list for which', argument)],
  ['equals', (argument) => say('is ', ...operand(argument))],
  ['every', (argument) => listed('every', argument, 'item', 'has ')],
  ['for-each-action', (argument) => forEachAction(argument, 'has ')],
  ['grants', (argument) => say('is a policy of AWS that gives ', ...oneOf(argument))],
  ['holds-secret', (argument) => say('holds a secret as a script or a text of settings may', ...unlessOpen(argument))],
  ['in', (argument) => say('is ', ...oneOf(argument))],
  ['json', (argument) => under('is a JSON text that ', 'is a JSON text in which', argument)],
  ['local-reference', (argument) => say('refers to a resource of this manifest of type ', ...types(argument))],
  ['matches', (argument) => say('matches the pattern ', ...operand(argument))],
  ['max-items', (argument) => say(`has at most ${counted(argument, 'item')}`)],
  ['min-items', (argument) => say(`has at least ${counted(argument, 'item')}`)],
  ['names-secret', () => say('ends as names of secrets do')],
  ['names-somebody', () => say('names somebody, and is no pattern that anybody fits')],
  ['none', (argument) => listed('none', argument, 'item', 'has ')],
  ['not', (argument) => negated(argument)],
  ['nvme-instance', () => say('is an instance type with local NVMe storage')],
  ['offered-instance', () => say('is an instance type of a family that the boundary’s regions have')],
  ['offered-model', () => say('is a model or inference profile that the boundary’s regions serve')],
  ['offered-type', () => say('is a resource type that the boundary’s regions have')],
  ['leaves', (argument) => say('leaves out ', ...oneOf(argument), ' (its items read as IAM patterns)')],
  [
    'one-account',
    (argument) =>
      under('has principals of one account where it ', 'has principals of one account in each for which', argument),
  ],
  ['policy', (argument) => statements(argument, 'is an IAM policy with ')],
  ['present', () => say('is there and not empty')],
  ['quantity-at-least', (argument) => say('is a quantity of at least ', ...operand(argument))],
  ['refers-to', refersTo],
  [
    'registry-in-boundary',
    () =>
      say(
        'is an image of a private registry in the boundary: of its regions in ECR or Artifact Registry, or of Azure Government',
      ),
  ],
  ['shaped', (argument) => say('has the form ', ...operand(isObject(argument) ? argument.form : argument))],
  ['some', (argument) => listed('some', argument, 'item', 'has ')],
  ['spells-secret', () => say('spells out a secret')],
  [
    'uncovers-secret',
    (argument) =>
      say(
        argument === 'named'
          ? 'brings in what is hidden elsewhere, whatever it is named'
          : 'brings in a secret that is hidden elsewhere',
      ),
  ],
  ['spells', (argument) => say('spells out what matches the pattern ', ...operand(argument))],
  ['spelt-out', () => say('is spelt out in the manifest')],
  ['starts-with', (argument) => say('starts with ', ...oneOf(argument))],
  ['undecided', (argument) => say(`is left open here: it depends on ${argument}`)],
  ['unset', () => say('is not set')],
  ['unset-or', (argument) => after('is not set', argument)],
  ['wide-range', () => say(`is ${wideRange}`)],
]);

/** Predicates there are words for; the test of the registry holds it against those there are. */
export const worded: readonly string[] = [...phrases.keys()];

const opposites: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['absent', () => say('is there')],
  ['at-least', (argument) => say('is not at least ', ...operand(argument))],
  ['at-most', (argument) => say('is not at most ', ...operand(argument))],
  ['contains', (argument) => say('does not contain ', ...joined(items(argument).flatMap(operand), ' and '))],
  ['customer-key', () => say('is no customer-managed KMS key of this manifest or inside the boundary')],
  ['equals', (argument) => say('is not ', ...operand(argument))],
  ['in', (argument) => say('is not ', ...oneOf(argument))],
  ['local-reference', (argument) => say('does not refer to a resource of this manifest of type ', ...types(argument))],
  ['matches', (argument) => say('does not match the pattern ', ...operand(argument))],
  ['grants', (argument) => say('is no policy of AWS that gives ', ...oneOf(argument))],
  ['holds-secret', (argument) => say('holds no secret as a script or a text of settings may', ...unlessOpen(argument))],
  ['names-secret', () => say('does not end as names of secrets do')],
  ['present', () => say('is not there, or empty')],
  ['spells-secret', () => say('spells out no secret')],
  ['uncovers-secret', () => say('brings in no secret that is hidden elsewhere')],
  ['spelt-out', () => say('is not spelt out in the manifest')],
  ['starts-with', (argument) => say('does not start with ', ...oneOf(argument))],
  ['unset', () => say('is set')],
  ['wide-range', () => say(`is not ${wideRange}`)],
]);

/** What a part of a requirement asks for. Its own words for a failure are no part of that. */
const asked = (part: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(part).filter(([key]) => key !== 'says' && key !== 'wants');

/** A predicate object: each of its entries holds. */
function predicateWords(predicate: unknown): Phrase {
  if (!isObject(predicate)) return say('is as the requirement says: ', code(flow(predicate)));
  return several(
    asked(predicate).map(
      ([name, argument]) => phrases.get(name)?.(argument) ?? say('meets ', code(`${name}: ${flow(argument)}`)),
    ),
    'and',
  );
}

/** Phrases in one line where each is one, otherwise one below the other. */
function several(said: readonly Phrase[], word: 'and' | 'or'): Phrase {
  const [only] = said;
  if (only && said.length === 1) return only;
  if (said.every(({ parts }) => !parts)) {
    return {
      text: said.flatMap(({ text }, index) => (index === 0 ? text : [word === 'or' ? ', or ' : ' and ', ...text])),
    };
  }
  return { text: [word === 'or' ? 'meets one of these:' : 'meets all of these:'], parts: said };
}

function after(words: string, argument: unknown): Phrase {
  const { text, parts } = predicateWords(argument);
  return { text: [`${words}, or `, ...text], ...(parts ? { parts } : {}) };
}

function negated(argument: unknown): Phrase {
  const entries = isObject(argument) ? asked(argument) : [];
  const [only] = entries;
  const opposite = only && entries.length === 1 ? opposites.get(only[0])?.(only[1]) : undefined;
  if (opposite) return opposite;
  const { text, parts } = predicateWords(argument);
  return { text: ['does not meet this: it ', ...text], ...(parts ? { parts } : {}) };
}

/** `{equals: a}` speaks of the item itself, `{Key: {equals: a}}` of its properties. */
const ofItself = (argument: unknown): boolean =>
  isObject(argument) && asked(argument).every(([name]) => phrases.has(name));

/** A predicate after `itself`, or a condition after `within` and a colon. */
function under(itself: string, within: string, argument: unknown): Phrase {
  if (ofItself(argument)) {
    const { text, parts } = predicateWords(argument);
    return { text: [itself, ...text], ...(parts ? { parts } : {}) };
  }
  return holding([within], conditionWords(argument as Condition));
}

/** Lines that all hold, after the words that lead to them. */
function holding(head: readonly Inline[], lines: readonly Line[]): Line {
  const [only] = lines;
  if (!only) return { text: head };
  if (lines.length === 1) return prefixed([...head, ' '], only);
  return { text: [...head, ' all of this holds:'], parts: lines };
}

function listed(name: 'every' | 'some' | 'none', argument: unknown, noun: string, verb: string): Phrase {
  const what = { every: `only ${noun}s`, some: `at least one ${noun}`, none: `no ${noun}` }[name];
  const that = name === 'every' ? 'of which each ' : 'that ';
  const where = name === 'every' ? 'for each of which' : 'for which';
  return under(`${verb}${what} ${that}`, `${verb}${what} ${where}`, argument);
}

/** A predicate on the list of a policy's statements. */
function statements(argument: unknown, verb: string): Phrase {
  const said = asked(isObject(argument) ? argument : {}).map(([name, inner]): Phrase => {
    if (name === 'every' || name === 'some' || name === 'none') return listed(name, inner, 'statement', verb);
    if (name === 'all' || name === 'any') {
      const parts = items(inner).map((each) => statements(each, ''));
      return { text: [`${verb}${name === 'all' ? 'all' : 'one'} of these:`], parts };
    }
    if (name === 'for-each-action') return forEachAction(inner, verb);
    return say(`${verb}statements of which the list `, ...predicateWords({ [name]: inner }).text);
  });
  return several(said, 'and');
}

function forEachAction(argument: unknown, verb: string): Phrase {
  const { actions, must } = isObject(argument) ? argument : { actions: undefined, must: undefined };
  const names = joined(
    items(actions).map((action) => code(String(action))),
    ' and ',
  );
  return {
    text: [`${verb}for each of `, ...names, ', of the statements that speak of it,'],
    parts: [statements(must, '')],
  };
}

function refersTo(argument: unknown): Phrase {
  const { type, must } = isObject(argument) ? argument : { type: undefined, must: undefined };
  const head: Inline[] = ['refers to a resource of type ', ...types(type)];
  if (!isObject(must) || Object.keys(must).length === 0) return { text: head };
  return holding([...head, ' for which'], conditionWords(must));
}

/** What a condition asks, one line per thing asked. */
export const conditionWords = (condition: Condition): Line[] =>
  asked(condition).flatMap(([key, argument]): Line[] => {
    switch (key) {
      case 'any-of':
        return [{ text: ['at least one of these holds:'], parts: items(argument).map(alternative) }];
      case 'all-of':
        return items(argument).flatMap((each) => conditionWords(each as Condition));
      case 'none-of':
        return [{ text: ['none of these holds:'], parts: items(argument).map(alternative) }];
      case 'related':
        return items(argument).map((each) => relation(each, 'there is at least one '));
      case 'no-related':
        return items(argument).map((each) => relation(each, 'there is no '));
      case 'planned':
        return Object.entries(isObject(argument) ? argument : {}).map(([id, predicate]) =>
          prefixed(['the setting ', { kind: 'setting', id, text: id }, ' '], predicateWords(predicate)),
        );
      case 'boundary':
        return Object.entries(isObject(argument) ? argument : {}).map(([field, predicate]) =>
          prefixed([`the list of the boundary’s ${field} `], predicateWords(predicate)),
        );
      case 'resource-type':
        return [prefixed(['its type '], predicateWords(argument))];
      case 'attributes':
        return conditionWords(argument as Condition).map((line) => prefixed(['of its attributes '], line));
      case 'strings':
        return [prefixed(['every text spelt out anywhere in it '], predicateWords(argument))];
      default:
        return [prefixed([code(key), ' '], predicateWords(argument))];
    }
  });

const prefixed = (before: readonly Inline[], { text, parts }: Phrase): Line => ({
  text: [...before, ...text],
  ...(parts ? { parts } : {}),
});

/** One of several conditions: a line where it is one. */
function alternative(condition: unknown): Line {
  const lines = conditionWords((condition ?? {}) as Condition);
  const [only] = lines;
  if (only && lines.length === 1) return only;
  if (lines.every(({ parts }) => !parts)) {
    return { text: lines.flatMap(({ text }, index) => (index === 0 ? text : [', and ', ...text])) };
  }
  return { text: ['all of this:'], parts: lines };
}

function relation(argument: unknown, howMany: string): Line {
  const { type, by, must, as: named, other } = (isObject(argument) ? argument : {}) as Record<string, unknown>;
  const name: Inline[] = typeof named === 'string' ? [' (or names its ', code(named), ')'] : [];
  const apart: Inline[] =
    typeof other === 'string' ? [' and not by ', code(other)] : other === true ? [', other than itself'] : [];
  const head: Inline[] = [howMany, ...types(type), ' that refers to it by ', code(String(by)), ...name, ...apart];
  if (!isObject(must) || Object.keys(must).length === 0) return { text: head };
  return holding([...head, ' and for which'], conditionWords(must));
}

/** What one expectation asks. */
export function expectationWords(expectation: Expectation | LiveExpectation): Line {
  if ('exists' in expectation) {
    const kinds: Inline[] = expectation.kinds ? [' (for ', ...either(expectation.kinds.map(code)), ' endpoints)'] : [];
    const lines = conditionWords(expectation.must ?? {});
    const head: Inline[] = ['At least one ', ...types(expectation.exists), ' is there', ...kinds];
    return lines.length === 0 ? { text: head } : holding([...head, ' for which'], lines);
  }
  const must = conditionWords(expectation.must);
  const where = conditionWords(expectation.where ?? {});
  const subject: Inline[] =
    'probe' in expectation
      ? ['In each ', code(expectation.probe), ' seen in the account']
      : items(expectation.each).includes('*')
        ? ['In every resource']
        : ['In each ', ...types(expectation.each)];
  const [only] = where;
  if (!only) return { text: [...subject, ':'], parts: must };
  if (where.length === 1 && !only.parts) return { text: [...subject, ', if ', ...only.text, ':'], parts: must };
  return {
    text: [...subject, ':'],
    parts: [
      { text: ['if'], parts: where },
      { text: ['then'], parts: must },
    ],
  };
}
