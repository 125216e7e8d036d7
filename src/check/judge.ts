import type { Finding } from '#model/finding.js';
import type { Lines, Position } from '#model/position.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import type { Resource } from '#model/resource.js';
import { openChoice, plainWorld, type World } from '#model/value.js';
import type { Context } from './context.js';
import { engine } from './engine.js';
import { all, fail, type Outcome } from './outcome.js';
import { type Choice, explore, type Run } from './worlds.js';

type Each = Extract<Expectation, { each: unknown }>;

/** More branches than this in one judgement are not followed; the finding is then `unknown` and says so. */
const branchLimit = 256;

/**
 * What one requirement says of one resource over all branches; undefined when it speaks of it in none. A branch in which
 * the resource is not created is passed over, or `fails` where the resource itself is what is asked for.
 */
export function judgeResource(
  resource: Resource,
  requirement: Requirement,
  expectations: readonly Each[],
  shared: Omit<Context, 'world' | 'resource'>,
  missing: 'not-judged' | 'fails' = 'not-judged',
): Finding | undefined {
  const about = {
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource: resource.address,
    type: resource.type,
    remediation: requirement.remediation,
  };
  const { lines } = resource.manifest;
  try {
    const runs = branches((world) => judgeIn(world, resource, expectations, shared, missing));
    if (!runs) {
      const reason = `has more than ${branchLimit} condition branches; give parameter values to settle them`;
      return { ...about, verdict: 'unknown', reason, position: lines.position(resource.at) };
    }
    const worst = settle(runs);
    if (!worst) return undefined;
    const { outcome, branch } = worst;
    const finding: Finding = {
      ...about,
      verdict: outcome.verdict,
      reason: outcome.verdict === 'pass' ? requirement.title : outcome.reason,
      position: lines.position(outcome.at),
    };
    if (branch) finding.branch = branch;
    return outcome.verdict === 'pass' ? restingOn(finding, places(outcome.evidence), lines) : finding;
  } catch (error) {
    // A check that cannot be carried out must not look like one that found nothing.
    const reason = `could not be judged: ${error instanceof Error ? error.message : String(error)}`;
    return { ...about, verdict: 'error', reason, position: lines.position(resource.at) };
  }
}

/** Judges once where nothing depends on a choice, otherwise once in every branch. */
function branches<Result>(judge: (world: World) => Result): readonly Run<Result>[] | undefined {
  try {
    return [{ result: judge(plainWorld), choices: [] }];
  } catch (thrown) {
    if (thrown !== openChoice) throw thrown;
    return explore(judge, branchLimit);
  }
}

function judgeIn(
  world: World,
  resource: Resource,
  expectations: readonly Each[],
  shared: Omit<Context, 'world' | 'resource'>,
  missing: 'not-judged' | 'fails',
): Outcome | undefined {
  if (!resource.existsIn(world)) return missing === 'fails' ? fail(resource.at, 'is not created') : undefined;
  const context: Context = { ...shared, world, resource };
  const properties = resource.properties(world);
  const outcomes: Outcome[] = [];
  for (const { where, must } of expectations) {
    const applies = where ? engine.condition(properties, where, context) : undefined;
    if (applies?.verdict === 'fail') continue;
    const outcome = engine.condition(properties, must, context);
    // Whether it applies is open: it holds either way, or that has to be settled first.
    if (applies?.verdict === 'unknown' && outcome.verdict !== 'pass') outcomes.push(applies);
    else outcomes.push(outcome);
  }
  return outcomes.length > 0 ? all(outcomes, resource.at) : undefined;
}

/** The verdict over all branches: one that fails decides, then one that is unknown. */
function settle(runs: readonly Run<Outcome | undefined>[]): { outcome: Outcome; branch?: string } | undefined {
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

/** Adds the places a pass rests on. They are worked out when somebody looks: most readers of a gate never do. */
function restingOn(finding: Finding, offsets: readonly number[], lines: Lines): Finding {
  let positions: readonly Position[] | undefined;
  return Object.defineProperty(finding, 'evidence', {
    enumerable: true,
    get: () => {
      positions ??= offsets.map((at) => lines.position(at));
      return positions;
    },
  });
}

const branchOf = (choices: readonly Choice[]): string =>
  `when ${choices.map(({ variable, option }) => `${variable} is ${option}`).join(' and ')}`;

const places = (offsets: readonly number[]): number[] => [...new Set(offsets)].sort((left, right) => left - right);
