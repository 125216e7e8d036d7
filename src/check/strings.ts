import { jsonIn, jsonText, mayBeJson } from '#model/json-text.js';
import { type Dict, openChoice, plainWorld, type Scalar, type Text, type Value, type World } from '#model/value.js';
import { type Context, contextOf, type Engine, RequirementFault } from './context.js';
import { saying } from './describe.js';
import { knownPart } from './known-part.js';
import { all, itself, type Outcome, open, pass, reworded, unknown } from './outcome.js';
import { explore, type Run, tellingBranch } from './worlds.js';

/** More branches than this below one property are not followed. */
const branchLimit = 256;

/**
 * Judges every string spelt out anywhere under an object. Values wholly unknown are left to the requirements that speak
 * of those properties: nothing is spelt there. A property that depends on a choice is followed through its own branches, so that
 * a resource with twenty conditions does not have a million.
 */
export function everyString(predicate: unknown, engine: Engine): (base: Dict, context: Context) => Outcome {
  const judge = engine.predicate(predicate);
  const sought = concerns(predicate);
  const passed = new WeakMap<Context['boundary'], Asked['passed']>();
  return (base, context) => {
    // Of a resource that is open as a whole nothing is spelt, and nothing is left to any other requirement either.
    if (base.open && base.keys().length === 0) return open(base.open, base.at);
    const spelt = base.written ?? base;
    if (sought !== undefined && spelt.lacks?.(sought)) return pass(base.at, []);
    const texts = passed.get(context.boundary) ?? new Set();
    passed.set(context.boundary, texts);
    const asked: Asked = {
      sought,
      passed: texts,
      judge: (text) => {
        if (typeof sought === 'string' && !beginsWith(text, sought)) return undefined;
        const outcome = judge(text, context);
        return outcome.verdict === 'pass' ? outcome : reworded(outcome, (reason) => `a string ${reason}`);
      },
    };
    const outcomes: Outcome[] = [];
    collect(spelt, [], asked, outcomes, context);
    return all(outcomes, itself, base.at);
  };
}

/** What is asked of strings. */
interface Asked {
  /** What those begin with that the predicate speaks of, or match that it does not let pass. */
  sought: string | RegExp | undefined;
  /** Says nothing of strings that do not begin so. */
  judge(text: Scalar | Text): Outcome | undefined;
  /** JSON texts with strings it speaks of, all of which pass in this boundary. */
  passed: Set<Scalar['value']>;
}

/** What a string must begin with for a predicate to say anything of it, or match for it not to pass, where it asks nothing else. */
function concerns(predicate: unknown): string | RegExp | undefined {
  if (typeof predicate !== 'object' || predicate === null) return undefined;
  const [[name, argument] = [], ...more] = Object.entries(predicate).filter(([key]) => key !== saying);
  if (more.length > 0) return undefined;
  if (name === 'arn-in-boundary' || name === 'account-in-boundary') return arn;
  const [[inner, pattern] = [], ...others] = name === 'not' ? Object.entries(argument ?? {}) : [];
  return inner === 'matches' && others.length === 0 ? new RegExp(String(pattern), 'u') : undefined;
}

/** Of strings these ask nothing but of ARNs; those in a JSON text, such as a policy, count as well. */
const arn = 'arn:';

/** What is nested deeper is not read, and that is said. */
const deepest = 200;

type Path = (string | number)[];

/**
 * Leaves out passes of strings nothing rests on: the thousand others would drown the evidence. `path` is that of the value, and is
 * lengthened and shortened on the way.
 */
function collect(value: Value, path: Path, asked: Asked, outcomes: Outcome[], context: Context): void {
  if (path.length > deepest) {
    outcomes.push(unknown(value.at, `what is nested deeper than ${deepest} levels`));
    return;
  }
  if (value.kind === 'dict') collectBelow(value, path, asked, outcomes, context);
  else if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) {
      path.push(index);
      collect(item, path, asked, outcomes, context);
      path.pop();
    }
  } else if (value.kind === 'unknown') {
    // Any value could be an ARN. What a plan works out later is written into the manifest, whatever it is.
    if (typeof asked.sought !== 'string' && value.from !== undefined) outcomes.push(open(value));
  } else if (isString(value)) collectText(value, path, asked, outcomes, context);
}

/** A string, or what is in it where it is JSON, as policies are: fleets have the same few again and again. */
function collectText(value: Scalar | Text, path: Path, asked: Asked, outcomes: Outcome[], context: Context): void {
  if (value.kind === 'scalar' && asked.passed.has(value.value)) {
    outcomes.push(pass(value.at));
    return;
  }
  const held = asked.sought === arn ? heldAsJson(value) : undefined;
  if (!held) {
    const outcome = asked.judge(value);
    if (outcome && (outcome.verdict !== 'pass' || beginsWith(value, arn))) outcomes.push(outcome);
    return;
  }
  const inside: Outcome[] = [];
  collect(held, path, asked, inside, context);
  for (const outcome of inside) outcomes.push(outcome);
  const isSmall = asked.passed.size < mostTexts && value.kind === 'scalar' && String(value.value).length < longestText;
  // What is in a text stands where the text does, so that one pass says as much as many.
  if (isSmall && inside.length > 0 && inside.every(({ verdict }) => verdict === 'pass')) asked.passed.add(value.value);
}

/** JSON texts that are remembered, and how long they may be. */
const mostTexts = 1024;
const longestText = 16 * 1024;

function collectBelow(value: Dict, path: Path, asked: Asked, outcomes: Outcome[], context: Context): void {
  for (const key of value.keys()) {
    // In a resource with one string that is spoken of, most of what is nested holds none.
    if (asked.sought !== undefined && value.lacks?.(asked.sought, key)) continue;
    const depth = path.push(key);
    try {
      collect(value.get(key), path, asked, outcomes, context);
    } catch (thrown) {
      if (thrown !== openChoice || context.world !== plainWorld) throw thrown;
      path.length = depth;
      outcomes.push(inBranches([...path], asked, context, value.at));
    }
    path.length = depth - 1;
  }
}

/** What the strings below one property of the context's resource say in every branch in which it is created. */
function inBranches(path: Path, asked: Asked, context: Context, at: number): Outcome {
  const { resource } = context;
  if (!resource) throw new RequirementFault('only resources of a manifest depend on choices');
  const runs = explore((world: World): Outcome => {
    if (!resource.existsIn(world)) return pass(at, []);
    const outcomes: Outcome[] = [];
    collect(descend(resource.properties(world), path), [...path], asked, outcomes, contextOf(context, resource, world));
    return all(outcomes, itself, at);
  }, branchLimit);
  if (!runs) return unknown(at, `more than ${branchLimit} condition branches; give parameter values to settle them`);
  const told = (run: Run<Outcome>): Outcome =>
    run.result.verdict === 'pass' ? run.result : inBranch(run.result, tellingBranch(run, runs));
  return all(runs, told, at);
}

/** The same outcome, which remembers what it stands on. */
const inBranch = ({ verdict, reason, at, evidence }: Outcome, branch: string | undefined): Outcome => ({
  verdict,
  reason,
  at,
  evidence,
  branch,
});

function descend(base: Value, path: Path): Value {
  let value = base;
  for (const step of path) {
    if (value.kind === 'dict' && typeof step === 'string') value = value.get(step);
    else if (value.kind === 'list' && typeof step === 'number')
      value = value.items[step] ?? { kind: 'absent', at: value.at };
    else return { kind: 'absent', at: value.at };
  }
  return value;
}

/** What a string holds as JSON, as far as that is known. */
function heldAsJson(value: Scalar | Text): Value | undefined {
  const start = String(value.kind === 'scalar' ? value.value : value.parts[0]);
  if (!mayBeJson(start)) return undefined;
  return value.kind === 'scalar' ? jsonIn(start, value.at) : (value.json ?? jsonText(value) ?? knownPart(value));
}

const isString = (value: Value): value is Scalar | Text =>
  value.kind === 'scalar'
    ? typeof value.value === 'string'
    : value.kind === 'text' && typeof value.parts[0] === 'string';

const beginsWith = (text: Scalar | Text, word: string): boolean =>
  String(text.kind === 'scalar' ? text.value : text.parts[0]).startsWith(word);
