import { type Dict, fromJson, type Value } from '#model/value.js';
import { type Context, type Engine, RequirementFault, resolve, type Test } from './context.js';
import { describe, saying, wanting } from './describe.js';
import { held } from './held.js';
import { all, any, fail, type Outcome, open, pass, quote, reworded } from './outcome.js';
import { follow, followOne, stepsOf } from './path.js';
import { predicates } from './predicates/index.js';
import { noRelated, related } from './related.js';
import { everyString } from './strings.js';

/**
 * Makes the parts of requirements ready. Requirements are judged often, so each of their parts is made ready once: into a test that
 * has its names, paths and arguments at hand. It is made when it is first put to something: most parts never are in one run.
 */
const ready: Engine = {
  predicate: once(toPredicate),
  condition: once(toCondition),
  item: once((part) => (speaksOfItself(part) ? ready.predicate(part) : ready.condition(part))),
};

/** Judges conditions and predicates. */
export const engine = {
  predicate: (value: Value, part: unknown, context: Context): Outcome => ready.predicate(part)(value, context),
  /** `base` is the object a condition's paths start from. */
  condition: (base: Value, part: unknown, context: Context): Outcome => ready.condition(part)(base, context),
};

/** Remembers what was made of a part. */
function once(make: (part: unknown) => Test): (part: unknown) => Test {
  const made = new WeakMap<object, Test>();
  return (part) => {
    if (typeof part !== 'object' || part === null) return lazily(() => make(part));
    let test = made.get(part);
    if (!test) {
      test = lazily(() => make(part));
      made.set(part, test);
    }
    return test;
  };
}

/** A test of a part that has a fault throws it whenever it is put to something, and not before. */
function lazily(make: () => Test): Test {
  let test: Test | undefined;
  return (value, context) => {
    test ??= make();
    return test(value, context);
  };
}

/** Holds where all tests do. One by itself shows its own place. */
function allOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (value, context) => all(tests, (test) => test(value, context), value.at);
}

/** A predicate object holds when each of its entries does: `{at-least: 1, at-most: 3}`. */
function toPredicate(part: unknown): Test {
  const { entries, says, wants } = apart(part);
  const judge = allOf(entries.map(([name, argument]) => lazily(() => toNamed(name, argument))));
  if (says === undefined && wants === undefined) return judge;
  return (value, context) => {
    const outcome = judge(value, context);
    if (outcome.verdict !== 'fail') return outcome;
    // Nothing is wrong with what is not there: there, what is wanted is said.
    if (says !== undefined && value.kind !== 'absent') return reworded(outcome, () => says);
    return wants === undefined
      ? outcome
      : reworded(outcome, () => (isMany(value) ? `must ${wants}` : `is ${quote(value)}; must ${wants}`));
  };
}

/** How many items there are says nothing of what is wrong with them. */
const isMany = (value: Value): boolean => value.kind === 'list' || value.kind === 'dict';

function toNamed(name: string, argument: unknown): Test {
  const predicate = predicates.get(name);
  if (!predicate) throw new RequirementFault(`predicate ${name} does not exist`);
  const judge = predicate(argument, ready);
  return (value, context) => {
    const outcome = judge(value, context);
    if (outcome.verdict === 'pass' || !isSecret(value, context)) return outcome;
    // What a predicate says may hold parts of the value: it is put in words that cannot.
    const start =
      outcome.verdict === 'unknown' ? 'is (sensitive); whether it meets this is open: ' : 'is (sensitive); must be: ';
    return reworded(outcome, () => `${start}${describe({ [name]: argument })}`);
  };
}

const isSecret = (value: Value, context: Context): boolean =>
  (value.kind === 'scalar' || value.kind === 'text') && (value.sensitive === true || context.secret === true);

/** `{some: {equals: a}}` speaks of the item itself, `{some: {Key: {equals: a}}}` of its properties. */
const speaksOfItself = (part: unknown): boolean => apart(part).entries.every(([key]) => predicates.has(key));

function toCondition(part: unknown): Test {
  const judge = lazily(() => toSettled(part));
  return (base, context) => (base.kind === 'unknown' ? open(base) : judge(base, context));
}

/** A condition on an object that is there, or is known not to be. */
function toSettled(part: unknown): Test {
  const { entries, says, wants } = apart(part);
  if (wants !== undefined) throw new RequirementFault('`wants` stands beside predicates; a condition takes `says`');
  const judge = allOf(entries.map(([key, argument]) => lazily(() => toEntry(key, argument))));
  if (says === undefined) return judge;
  return (base, context) => {
    const outcome = judge(base, context);
    return outcome.verdict === 'fail' ? reworded(outcome, () => says) : outcome;
  };
}

function toEntry(key: string, argument: unknown): Test {
  switch (key) {
    case 'all-of': {
      const tests = listOf(argument).map(ready.condition);
      return (base, context) => all(tests, (test) => test(base, context), base.at);
    }
    case 'any-of': {
      const tests = listOf(argument).map(ready.condition);
      return (base, context) =>
        any(
          tests,
          (test) => test(base, context),
          (first) => first ?? fail(base.at, 'meets none of the alternatives'),
        );
    }
    case 'none-of': {
      const tests = listOf(argument).map(toAbsence);
      return (base, context) => all(tests, (test) => test(base, context), base.at);
    }
    case 'related':
      return related(argument, ready);
    case 'no-related':
      return noRelated(argument, ready);
    case 'resource-type':
      return toType(argument);
    case 'attributes':
      return toAttributes(argument);
    case 'planned':
      return toPlanned(argument);
    case 'boundary':
      return toBoundary(argument);
    case 'strings': {
      const judge = everyString(argument, ready);
      return (base, context) => {
        context.watch?.looksElsewhere();
        return judge(base as Dict, context);
      };
    }
    default:
      return toPath(key, argument);
  }
}

/** A condition that must not hold: a pass of it is the failure. */
function toAbsence(part: unknown): Test {
  const judge = ready.condition(part);
  return (base, context) => {
    const outcome = judge(base, context);
    if (outcome.verdict === 'fail') return pass(outcome.at);
    if (outcome.verdict === 'unknown') return outcome;
    const holds = (inner: unknown): boolean => ready.condition(inner)(base, context).verdict === 'pass';
    return fail(outcome.at, () => held(part, holds, mustNot));
  };
}

const mustNot = {
  set: (path: string) => `${path} is set; must be absent`,
  otherwise: (asked: string) => `has what it must not: ${asked}`,
};

/** The type a resource has in its manifest, as a value of it. */
function toType(predicate: unknown): Test {
  const judge = ready.predicate(predicate);
  return (_, context) => {
    const { resource } = context;
    if (!resource) throw new RequirementFault('only resources of a manifest have a type');
    const outcome = judge({ kind: 'scalar', value: resource.type, at: resource.at }, context);
    return outcome.verdict === 'pass' ? outcome : reworded(outcome, (reason) => `its type ${reason}`);
  };
}

/** What must be said of the resource beside its properties. */
function toAttributes(condition: unknown): Test {
  const judge = ready.condition(condition);
  return (_, context) => {
    const attributes = context.resource?.attributes?.(context.world);
    if (!attributes)
      throw new RequirementFault('only resources of CloudFormation templates and Terraform plans have attributes');
    return judge(attributes, context);
  };
}

/** What the plan must say of settings. */
function toPlanned(argument: unknown): Test {
  const tests = apart(argument).entries.map(([setting, predicate]): Test => {
    const judge = ready.predicate(predicate);
    return (base, context) => judge(fromJson(resolve({ setting }, context), base.at), context);
  });
  return (base, context) => all(tests, (test) => test(base, context), base.at);
}

/** What must be said of the boundary. */
function toBoundary(argument: unknown): Test {
  const tests = apart(argument).entries.map(([field, predicate]): Test => {
    const judge = ready.predicate(predicate);
    return (base, context) => judge(fromJson(context.boundary[field as keyof Context['boundary']], base.at), context);
  });
  return (base, context) => all(tests, (test) => test(base, context), base.at);
}

function toPath(path: string, predicate: unknown): Test {
  const steps = stepsOf(path);
  const judge = ready.predicate(predicate);
  const atPath = (reason: string): string => `${path} ${reason}`;
  const isOne = steps.every(({ key }) => key !== undefined);
  return (base, context) => {
    context.watch?.reads(base, path);
    const outcome = isOne
      ? judge(followOne(base, steps), context)
      : all(follow(base, steps), (value) => judge(value, context), base.at);
    if (outcome.verdict === 'pass') return outcome;
    const entry = base.kind === 'dict' ? base.entry : undefined;
    return reworded(outcome, entry === undefined ? atPath : (reason) => `${inEntry(path, entry)} ${reason}`);
  };
}

/** A path in an item of `entries`, by the name somebody gave that entry. */
const inEntry = (path: string, entry: string): string =>
  path.replace(/^value\b/, () => (/[.[\]\s]/.test(entry) ? JSON.stringify(entry) : entry));

/** A part of a requirement: its entries, and its own words for a failure where `says` and `wants` give them. */
interface Apart {
  entries: readonly [string, unknown][];
  says: string | undefined;
  /** What is wanted of a value, in a predicate's own words. */
  wants: string | undefined;
}

function apart(part: unknown): Apart {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) {
    throw new RequirementFault(`an object is needed, not ${JSON.stringify(part)}`);
  }
  const { [saying]: says, [wanting]: wants } = part as Record<string, unknown>;
  const entries = Object.entries(part).filter(([key]) => key !== saying && key !== wanting);
  return { entries, says: clause(saying, says), wants: clause(wanting, wants) };
}

function clause(key: string, text: unknown): string | undefined {
  if (text !== undefined && typeof text !== 'string') throw new RequirementFault(`\`${key}\` takes a clause`);
  return text;
}

function listOf(argument: unknown): readonly unknown[] {
  if (!Array.isArray(argument)) throw new RequirementFault('a list of conditions is needed');
  return argument;
}
