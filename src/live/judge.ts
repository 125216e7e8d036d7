import type { Finding } from '#model/finding.js';
import { isLiveProbe, liveProbes } from '#model/live-probe.js';
import type { Observation } from '#model/observation.js';
import type { Condition, LiveExpectation, Requirement } from '#model/requirement.js';
import type { Value } from '#model/value.js';
import { toDict } from './value.js';

export interface Judgement {
  verdict: 'pass' | 'fail' | 'unknown';
  reason: string;
}

/** The gate's own predicates, handed in by the command so that gate and probe cannot disagree. */
export type JudgeCondition = (condition: Condition, value: Value) => Judgement;

type Said = Pick<Finding, 'verdict' | 'reason'>;

/**
 * What the requirements say of an account, one finding for each requirement and each thing observed. Nothing is passed over
 * in silence: an observation without an answer is `unknown` and names the permission or input that would settle it, and so
 * is a probe that was never made, if it is one that every account is asked. `requirements` come with their controls already cut down to the baseline. Sorted by
 * requirement, then resource.
 */
export function judge(
  observations: readonly Observation[],
  requirements: readonly Requirement[],
  judgeCondition: JudgeCondition,
): readonly Finding[] {
  return requirements
    .flatMap((requirement) => judgeRequirement(observations, requirement, judgeCondition))
    .sort(
      (a, b) => compare(a.requirement, b.requirement) || compare(a.resource, b.resource) || compare(a.type, b.type),
    );
}

function judgeRequirement(
  observations: readonly Observation[],
  requirement: Requirement,
  judgeCondition: JudgeCondition,
): readonly Finding[] {
  const expectations = requirement.expect.live ?? [];
  const probes = [...new Set(expectations.map(({ probe }) => probe))];
  const finding = (type: string, resource: string, said: Said): Finding => ({
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource,
    type,
    verdict: said.verdict,
    reason: said.verdict === 'pass' ? requirement.title : said.reason,
    remediation: requirement.remediation,
  });
  return probes.flatMap((probe) => {
    const seen = observations.filter((observation) => observation.probe === probe);
    const asked = expectations.filter((expectation) => expectation.probe === probe);
    if (seen.length === 0 && isLiveProbe(probe) && liveProbes[probe] === 'asked') return [];
    if (seen.length === 0) return [finding(probe, 'live account', notObserved(probe))];
    return seen.map((one) => finding(probe, resourceOf(one), judgeObservation(one, asked, judgeCondition)));
  });
}

function judgeObservation(
  observation: Observation,
  expectations: readonly LiveExpectation[],
  judgeCondition: JudgeCondition,
): Said {
  if (observation.outcome !== 'answered') {
    const { outcome, detail = `an answer to ${observation.call}` } = observation;
    return { verdict: 'unknown', reason: `could not be observed (${outcome}): it depends on ${detail}` };
  }
  try {
    const answer = toDict(observation.answer);
    const said = expectations.map((expectation) => judgeExpectation(answer, expectation, judgeCondition));
    return order.map((verdict) => said.find((one) => one.verdict === verdict)).find(Boolean) ?? notApplicable;
  } catch (error) {
    // A check that cannot be carried out must not look like one that found nothing.
    return {
      verdict: 'error',
      reason: `could not be judged: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** The verdict that decides when several expectations speak of one thing comes first. */
const order = ['fail', 'unknown', 'pass'] as const;

const notApplicable: Said = { verdict: 'not-applicable', reason: 'the requirement does not speak of this one' };

function judgeExpectation(answer: Value, { where, must }: LiveExpectation, judgeCondition: JudgeCondition): Said {
  const applies = where ? judgeCondition(where, answer) : undefined;
  if (applies?.verdict === 'fail') return notApplicable;
  const said = judgeCondition(must, answer);
  // Whether it applies is open: it holds either way, or that has to be settled first.
  return applies?.verdict === 'unknown' && said.verdict !== 'pass' ? applies : said;
}

const notObserved = (probe: string): Said => ({
  verdict: 'unknown',
  reason: `was not observed: it depends on a ${probe} probe of the account, which was not made`,
});

const resourceOf = ({ answer, subject }: Observation): string =>
  typeof answer.arn === 'string' ? answer.arn : subject;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
