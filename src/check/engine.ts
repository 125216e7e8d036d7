import { type Dict, fromJson, type Value } from '#model/value.js';
import { type Context, type Engine, RequirementFault, resolve } from './context.js';
import { describe, saying, wanting } from './describe.js';
import { held } from './held.js';
import { all, any, fail, type Outcome, pass, quote, reworded, unknown } from './outcome.js';
import { follow, followOne } from './path.js';
import { predicates } from './predicates/index.js';
import { noRelated, related } from './related.js';
import { everyString } from './strings.js';

/** Judges conditions and predicates, calling itself through `engine` where they nest. */
export const engine: Engine = { predicate: judgePredicate, condition: judgeCondition, item: judgeItem };

/** A predicate object holds when each of its entries does: `{at-least: 1, at-most: 3}`. */
function judgePredicate(value: Value, predicate: unknown, context: Context): Outcome {
  const { entries, says, wants } = apart(predicate);
  const [only] = entries;
  const outcome =
    only && entries.length === 1
      ? judgeNamed(value, only[0], only[1], context)
      : all(entries, ([name, argument]) => judgeNamed(value, name, argument, context), value.at);
  if (outcome.verdict !== 'fail') return outcome;
  // Nothing is wrong with what is not there: there, what is wanted is said.
  if (says !== undefined && value.kind !== 'absent') return reworded(outcome, () => says);
  return wants === undefined
    ? outcome
    : reworded(outcome, () => (isMany(value) ? `must ${wants}` : `is ${quote(value)}; must ${wants}`));
}

/** How many items there are says nothing of what is wrong with them. */
const isMany = (value: Value): boolean => value.kind === 'list' || value.kind === 'dict';

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
  const { entries } = apart(argument);
  let speaksOfItself = ofItself.get(entries);
  if (speaksOfItself === undefined) {
    speaksOfItself = entries.every(([key]) => predicates.has(key));
    ofItself.set(entries, speaksOfItself);
  }
  return speaksOfItself ? judgePredicate(value, argument, context) : judgeCondition(value, argument, context);
}

function judgeCondition(base: Value, condition: unknown, context: Context): Outcome {
  if (base.kind === 'unknown') return unknown(base.at, base.settledBy);
  const { entries, says, wants } = apart(condition);
  if (wants !== undefined) throw new RequirementFault('`wants` stands beside predicates; a condition takes `says`');
  const [only] = entries;
  const outcome =
    only && entries.length === 1
      ? judgeEntry(base, only[0], only[1], context)
      : all(entries, ([key, argument]) => judgeEntry(base, key, argument, context), base.at);
  return says === undefined || outcome.verdict !== 'fail' ? outcome : reworded(outcome, () => says);
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
      return all(
        listOf(argument),
        (part) =>
          invert(
            judgeCondition(base, part, context),
            part,
            (inner) => judgeCondition(base, inner, context).verdict === 'pass',
          ),
        base.at,
      );
    case 'related':
      return related(argument, context, engine);
    case 'no-related':
      return noRelated(argument, context, engine);
    case 'resource-type':
      return judgeType(argument, context);
    case 'planned':
      return all(
        apart(argument).entries,
        ([setting, predicate]) => judgePredicate(fromJson(resolve({ setting }, context), base.at), predicate, context),
        base.at,
      );
    case 'strings':
      context.watch?.looksElsewhere();
      return everyString(base as Dict, argument, context, engine);
    default:
      return judgePath(base, key, argument, context);
  }
}

/** The type a resource has in its manifest, as a value of it. */
function judgeType(predicate: unknown, context: Context): Outcome {
  const { resource } = context;
  if (!resource) throw new RequirementFault('only resources of a manifest have a type');
  const outcome = judgePredicate({ kind: 'scalar', value: resource.type, at: resource.at }, predicate, context);
  return outcome.verdict === 'pass' ? outcome : reworded(outcome, (reason) => `its type ${reason}`);
}

function judgePath(base: Value, path: string, predicate: unknown, context: Context): Outcome {
  context.watch?.reads(base, path);
  const one = followOne(base, path);
  const outcome = one
    ? judgePredicate(one, predicate, context)
    : all(follow(base, path), (value) => judgePredicate(value, predicate, context), base.at);
  return outcome.verdict === 'pass' ? outcome : reworded(outcome, (reason) => `${path} ${reason}`);
}

/** What a condition that must not hold says: a pass of the condition is the failure. */
function invert(outcome: Outcome, condition: unknown, holds: (part: unknown) => boolean): Outcome {
  if (outcome.verdict === 'pass') {
    return fail(outcome.at, () => held(condition, holds, mustNot));
  }
  if (outcome.verdict === 'fail') return pass(outcome.at);
  return outcome;
}

const mustNot = {
  set: (path: string) => `${path} is set; must be absent`,
  otherwise: (asked: string) => `has what it must not: ${asked}`,
};

/** A part of a requirement: its entries, and its own words for a failure where `says` and `wants` give them. */
interface Apart {
  entries: readonly [string, unknown][];
  says: string | undefined;
  /** What is wanted of a value, in a predicate's own words. */
  wants: string | undefined;
}

/** Requirements are few and judged often: each of their objects is taken apart once. */
const takenApart = new WeakMap<object, Apart>();

function apart(part: unknown): Apart {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) {
    throw new RequirementFault(`an object is needed, not ${JSON.stringify(part)}`);
  }
  let known = takenApart.get(part);
  if (!known) {
    const { [saying]: says, [wanting]: wants, ...rest } = part as Record<string, unknown>;
    known = { entries: Object.entries(rest), says: clause(saying, says), wants: clause(wanting, wants) };
    takenApart.set(part, known);
  }
  return known;
}

function clause(key: string, text: unknown): string | undefined {
  if (text !== undefined && typeof text !== 'string') throw new RequirementFault(`\`${key}\` takes a clause`);
  return text;
}

function listOf(argument: unknown): readonly unknown[] {
  if (!Array.isArray(argument)) throw new RequirementFault('a list of conditions is needed');
  return argument;
}
