import type { Finding } from '#model/finding.js';
import type { Position } from '#model/position.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import type { Resource } from '#model/resource.js';
import { openChoice } from '#model/value.js';
import type { Context } from './context.js';
import { engine } from './engine.js';
import { all, fail, type Outcome } from './outcome.js';
import { type Choice, explore, type Run } from './worlds.js';

type Each = Extract<Expectation, { each: unknown }>;

/** More branches than this in one judgement are not followed; the finding is then `unknown` and says so. */
const branchLimit = 256;

/**
 * `plain` is the context of the plain world. What one requirement says of one resource over all branches; undefined when it speaks of it in none. A branch in which
 * the resource is not created is passed over, or `fails` where the resource itself is what is asked for.
 */
export function judgeResource(
  resource: Resource,
  requirement: Requirement,
  expectations: readonly Each[],
  plain: Context,
  missing: 'not-judged' | 'fails' = 'not-judged',
): Finding | undefined {
  const { lines } = resource.manifest;
  const finding = (verdict: Finding['verdict'], reason: string, at: number): Finding => ({
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource: resource.address,
    type: resource.type,
    verdict,
    reason,
    position: lines.position(at),
    remediation: requirement.remediation,
  });
  try {
    const settled = inAllBranches(plain, resource, expectations, missing);
    if (!settled) return undefined;
    const { outcome, branch } = settled;
    if (outcome.verdict === 'pass') {
      return passing(requirement, resource, outcome);
    }
    const found = finding(outcome.verdict, outcome.reason, outcome.at);
    if (branch) found.branch = branch;
    return found;
  } catch (error) {
    // A check that cannot be carried out must not look like one that found nothing.
    const reason = `could not be judged: ${error instanceof Error ? error.message : String(error)}`;
    return finding('error', reason, resource.at);
  }
}

interface Settled {
  outcome: Outcome;
  branch?: string;
}

/** Judges once where nothing depends on a choice, otherwise once in every branch. */
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
  const runs = explore((world) => judgeIn({ ...plain, world }, resource, expectations, missing), branchLimit);
  if (runs) return settle(runs);
  const reason = `has more than ${branchLimit} condition branches; give parameter values to settle them`;
  return { outcome: { verdict: 'unknown', reason, at: resource.at, evidence: [] } };
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
  const outcomes: Outcome[] = [];
  for (const { each, where, must } of expectations) {
    const applies = where ? engine.condition(properties, where, context) : undefined;
    if (applies?.verdict === 'fail') continue;
    const outcome = engine.condition(properties, must, context);
    // What speaks of every resource has judged only those that have something its pass can rest on.
    if (each === '*' && outcome.verdict === 'pass' && outcome.evidence.length === 0) continue;
    // Whether it applies is open: it holds either way, or that has to be settled first.
    outcomes.push(applies?.verdict === 'unknown' && outcome.verdict !== 'pass' ? applies : outcome);
  }
  return outcomes.length < 2 ? outcomes[0] : all(outcomes, resource.at);
}

/** The verdict over all branches: one that fails decides, then one that is unknown. */
function settle(runs: readonly Run<Outcome | undefined>[]): Settled | undefined {
  const judged = runs.filter((run): run is Run<Outcome> => run.result !== undefined);
  const worst =
    judged.find((run) => run.result.verdict === 'fail') ?? judged.find((run) => run.result.verdict === 'unknown');
  if (worst) {
    const isSame = runs.every((run) => run.result?.verdict === worst.result.verdict);
    return isSame ? { outcome: worst.result } : { outcome: worst.result, branch: branchOf(worst.choices) };
  }
  const [first] = judged;
  if (!first) return undefined;
  return { outcome: { ...first.result, evidence: judged.flatMap((run) => run.result.evidence) } };
}

/** A pass with the places it rests on. They are worked out when somebody looks: most readers of a gate never do. */
function passing(requirement: Requirement, resource: Resource, { at, evidence: offsets }: Outcome): Finding {
  const { lines } = resource.manifest;
  let positions: readonly Position[] | undefined;
  return {
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource: resource.address,
    type: resource.type,
    verdict: 'pass',
    reason: requirement.title,
    position: lines.position(at),
    remediation: requirement.remediation,
    get evidence() {
      positions ??= places(offsets).map((offset) => lines.position(offset));
      return positions;
    },
  };
}

const branchOf = (choices: readonly Choice[]): string =>
  `when ${choices.map(({ variable, option }) => `${variable} is ${option}`).join(' and ')}`;

const places = (offsets: readonly number[]): number[] => [...new Set(offsets)].sort((left, right) => left - right);
