import type { Dict, Value } from '#model/value.js';
import { type Context, type Engine, RequirementFault } from './context.js';
import { describe } from './describe.js';
import { all, any, fail, type Outcome, pass, reworded, unknown } from './outcome.js';
import { follow, followOne } from './path.js';
import { predicates } from './predicates/index.js';
import { noRelated, related } from './related.js';
import { everyString } from './strings.js';

/** Judges conditions and predicates, calling itself through `engine` where they nest. */
export const engine: Engine = { predicate: judgePredicate, condition: judgeCondition, item: judgeItem };

/** A predicate object holds when each of its entries does: `{at-least: 1, at-most: 3}`. */
function judgePredicate(value: Value, predicate: unknown, context: Context): Outcome {
  const entries = entriesOf(predicate);
  const [only] = entries;
  if (only && entries.length === 1) return judgeNamed(value, only[0], only[1], context);
  return all(entries, ([name, argument]) => judgeNamed(value, name, argument, context), value.at);
}

function judgeNamed(value: Value, name: string, argument: unknown, context: Context): Outcome {
  const judge = predicates.get(name);
  if (!judge) throw new RequirementFault(`predicate ${name} does not exist`);
  const outcome = judge(value, argument, context, engine);
  if (outcome.verdict === 'pass' || !isSecret(value, context)) return outcome;
  // What a predicate says may hold parts of the value: it is put in words that cannot.
  const open =
    outcome.verdict === 'unknown' ? 'is (sensitive); whether it meets this is open: ' : 'is (sensitive); must be: ';
  return reworded(outcome, () => `${open}${describe({ [name]: argument })}`);
}

const isSecret = (value: Value, context: Context): boolean =>
  value.kind === 'scalar'
    ? value.sensitive === true || context.secret === true
    : value.kind === 'text' && context.secret === true;

const ofItself = new WeakMap<object, boolean>();

/** `{some: {equals: a}}` speaks of the item itself, `{some: {Key: {equals: a}}}` of its properties. */
function judgeItem(value: Value, argument: unknown, context: Context): Outcome {
  const entries = entriesOf(argument);
  let speaksOfItself = ofItself.get(entries);
  if (speaksOfItself === undefined) {
    speaksOfItself = entries.every(([key]) => predicates.has(key));
    ofItself.set(entries, speaksOfItself);
  }
  return speaksOfItself ? judgePredicate(value, argument, context) : judgeCondition(value, argument, context);
}

function judgeCondition(base: Value, condition: unknown, context: Context): Outcome {
  if (base.kind === 'unknown') return unknown(base.at, base.settledBy);
  const entries = entriesOf(condition);
  const [only] = entries;
  if (only && entries.length === 1) return judgeEntry(base, only[0], only[1], context);
  return all(entries, ([key, argument]) => judgeEntry(base, key, argument, context), base.at);
}

function judgeEntry(base: Value, key: string, argument: unknown, context: Context): Outcome {
  switch (key) {
    case 'all-of':
      return all(listOf(argument), (part) => judgeCondition(base, part, context), base.at);
    case 'any-of':
      return any(
        listOf(argument),
        (part) => judgeCondition(base, part, context),
        (first) => first ?? fail(base.at, 'meets none of the alternatives'),
      );
    case 'none-of':
      return all(listOf(argument), (part) => invert(judgeCondition(base, part, context), part), base.at);
    case 'related':
      return related(argument, context, engine);
    case 'no-related':
      return noRelated(argument, context, engine);
    case 'strings':
      return everyString(base as Dict, argument, context, engine);
    default:
      return judgePath(base, key, argument, context);
  }
}

function judgePath(base: Value, path: string, predicate: unknown, context: Context): Outcome {
  const one = followOne(base, path);
  const outcome = one
    ? judgePredicate(one, predicate, context)
    : all(follow(base, path), (value) => judgePredicate(value, predicate, context), base.at);
  return outcome.verdict === 'pass' ? outcome : reworded(outcome, (reason) => `${path} ${reason}`);
}

/** What a condition that must not hold says: a pass of the condition is the failure. */
function invert(outcome: Outcome, condition: unknown): Outcome {
  if (outcome.verdict === 'pass') return fail(outcome.at, `meets what it must not: ${describe(condition)}`);
  if (outcome.verdict === 'fail') return pass(outcome.at);
  return outcome;
}

/** Requirements are few and judged often: each of their objects is taken apart once. */
const takenApart = new WeakMap<object, readonly [string, unknown][]>();

function entriesOf(part: unknown): readonly [string, unknown][] {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) {
    throw new RequirementFault(`an object is needed, not ${JSON.stringify(part)}`);
  }
  let entries = takenApart.get(part);
  if (!entries) {
    entries = Object.entries(part);
    takenApart.set(part, entries);
  }
  return entries;
}

function listOf(argument: unknown): readonly unknown[] {
  if (!Array.isArray(argument)) throw new RequirementFault('a list of conditions is needed');
  return argument;
}
