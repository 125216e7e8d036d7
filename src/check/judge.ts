import type { Finding } from '#model/finding.js';
import type { Lines } from '#model/position.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import type { Resource } from '#model/resource.js';
import { openChoice } from '#model/value.js';
import { type Context, contextOf } from './context.js';
import { engine } from './engine.js';
import { all, fail, itself, type Outcome, pass } from './outcome.js';
import { inWords } from './worked-out.js';
import { explore, type Run, tellingBranch } from './worlds.js';

type Each = Extract<Expectation, { each: unknown }>;

/** More branches than this in one judgement are not followed; the finding is then `unknown` and says so. */
const branchLimit = 256;

/**
 * What one requirement says of one resource over all branches; undefined when it speaks of it in none. A branch in which the
 * resource is not created is passed over, or `fails` where the resource itself is what is asked for. `plain` is the context of
 * the plain world.
 */
export function judgeResource(
  resource: Resource,
  requirement: Requirement,
  expectations: readonly Each[],
  plain: Context,
  missing: 'not-judged' | 'fails' = 'not-judged',
): Finding | undefined {
  const context = requirement.sensitive ? contextOf(plain, plain.resource, plain.world, true) : plain;
  try {
    const settled = inAllBranches(context, resource, expectations, missing);
    if (!settled) return undefined;
    const { outcome, branch = outcome.branch } = settled;
    if (outcome.verdict === 'pass') {
      if (plain.passes === 'counted') return countedPass(resource, requirement);
      const found = finding(resource, requirement, 'pass', requirement.title, outcome.at);
      return restingOn(found, outcome.evidence, resource.manifest.lines);
    }
    const reason = resource.language === 'kubernetes' ? inWords(outcome.reason) : outcome.reason;
    const found = finding(resource, requirement, outcome.verdict, reason, outcome.at);
    if (branch) found.branch = branch;
    return found;
  } catch (error) {
    // A check that cannot be carried out must not look like one that found nothing.
    const reason = `could not be judged: ${error instanceof Error ? error.message : String(error)}`;
    return finding(resource, requirement, 'error', reason, resource.at);
  }
}

function finding(
  resource: Resource,
  requirement: Requirement,
  verdict: Finding['verdict'],
  reason: string,
  at: number,
): Finding {
  const found = unplaced(resource, requirement, verdict, reason);
  found.position = resource.manifest.lines.position(at);
  return found;
}

/** A pass of which nobody will read where it is. */
export const countedPass = (resource: Resource, requirement: Requirement): Finding =>
  unplaced(resource, requirement, 'pass', requirement.title);

function unplaced(resource: Resource, requirement: Requirement, verdict: Finding['verdict'], reason: string): Finding {
  const found: Finding = {
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource: resource.address,
    type: resource.type,
    verdict,
    reason,
    remediation: requirement.remediation,
  };
  if (resource.construct !== undefined) found.construct = resource.construct;
  if (requirement.sensitive) found.sensitive = true;
  return found;
}

interface Settled {
  outcome: Outcome;
  branch?: string;
}

/** Judges once where nothing depends on a choice, otherwise in every branch. */
function inAllBranches(
  plain: Context,
  resource: Resource,
  expectations: readonly Each[],
  missing: 'not-judged' | 'fails',
): Settled | undefined {
  try {
    const outcome = judgeIn(plain, resource, expectations, missing);
    return outcome && { outcome };
  } catch (thrown) {
    if (thrown !== openChoice) throw thrown;
  }
  // All parts must hold in all branches, so each is followed through the branches by itself: a sum instead of a product.
  const parts = expectations.flatMap(partsOf).map((part) => inItsBranches(plain, resource, part, missing));
  const judged = parts.filter((part) => part !== undefined);
  const worst =
    judged.find(({ outcome }) => outcome.verdict === 'fail') ??
    judged.find(({ outcome }) => outcome.verdict === 'unknown');
  return (
    worst ??
    (judged[0] && {
      outcome: all(
        judged.map(({ outcome }) => outcome),
        itself,
        resource.at,
      ),
    })
  );
}

/** One expectation for each entry of its condition. */
function partsOf(expectation: Each): Each[] {
  const { says, ...must } = expectation.must;
  const entries = Object.entries(must);
  if (entries.length < 2) return [expectation];
  return entries.map(([key, part]) => ({ ...expectation, must: { [key]: part, ...(says ? { says } : {}) } }));
}

function inItsBranches(
  plain: Context,
  resource: Resource,
  part: Each,
  missing: 'not-judged' | 'fails',
): Settled | undefined {
  const certain = missing === 'fails' || part.where ? undefined : holdsAnyway(plain, resource, part);
  if (certain) return isHollow(part, certain) ? undefined : { outcome: certain };
  const runs = explore(
    (world) => judgeIn(contextOf(plain, plain.resource, world), resource, [part], missing),
    branchLimit,
  );
  if (runs) return settle(runs);
  const reason = `has more than ${branchLimit} condition branches; give parameter values to settle them`;
  return { outcome: { verdict: 'unknown', reason, at: resource.at, evidence: [] } };
}

/** What holds without any choice holds in each branch in which the resource is created. */
function holdsAnyway(plain: Context, resource: Resource, part: Each): Outcome | undefined {
  try {
    const outcome = engine.condition(resource.properties(plain.world), part.must, plain);
    return outcome.verdict === 'pass' ? outcome : undefined;
  } catch (thrown) {
    if (thrown !== openChoice) throw thrown;
    return undefined;
  }
}

function judgeIn(
  context: Context,
  resource: Resource,
  expectations: readonly Each[],
  missing: 'not-judged' | 'fails',
): Outcome | undefined {
  const { world } = context;
  if (!resource.existsIn(world)) return missing === 'fails' ? fail(resource.at, 'is not created') : undefined;
  const properties = resource.properties(world);
  context.watch?.begins(properties);
  const outcomes: Outcome[] = [];
  for (const expectation of expectations) {
    const { where, must } = expectation;
    const applies = where ? engine.condition(properties, where, context) : undefined;
    if (applies?.verdict === 'fail') continue;
    const outcome = engine.condition(properties, must, context);
    if (isHollow(expectation, outcome)) continue;
    // Whether it applies is open: it holds either way, or that has to be settled first.
    outcomes.push(applies?.verdict === 'unknown' && outcome.verdict !== 'pass' ? applies : outcome);
  }
  return outcomes.length < 2 ? outcomes[0] : all(outcomes, itself, resource.at);
}

/** What speaks of every resource has judged only those that have something its pass can rest on. */
const isHollow = ({ each }: Each, outcome: Outcome): boolean =>
  each === '*' && outcome.verdict === 'pass' && outcome.evidence.length === 0;

/** The verdict over all branches: one that fails decides, then one that is unknown. */
function settle(runs: readonly Run<Outcome | undefined>[]): Settled | undefined {
  const judged = runs.filter((run): run is Run<Outcome> => run.result !== undefined);
  const worst =
    judged.find((run) => run.result.verdict === 'fail') ?? judged.find((run) => run.result.verdict === 'unknown');
  if (worst) {
    const branch = tellingBranch(worst, runs);
    return branch === undefined ? { outcome: worst.result } : { outcome: worst.result, branch };
  }
  const [first] = judged;
  if (!first) return undefined;
  const passed = judged.map(({ result }) => result);
  return { outcome: pass(first.result.at, passed) };
}

/** Adds the places a pass rests on: at once, since a getter on each finding takes more time and memory than the places. */
function restingOn(finding: Finding, offsets: readonly number[], lines: Lines): Finding {
  const at = offsets.length < 2 ? offsets : places(offsets);
  finding.evidence = at.map((offset) => lines.position(offset));
  return finding;
}

const places = (offsets: readonly number[]): number[] => [...new Set(offsets)].sort((left, right) => left - right);
