import { type Against, check } from '#check/check.js';
import { engine } from '#check/engine.js';
import { waive } from '#check/waive.js';
import { type JudgeCondition, judge as judgeLive } from '#live/judge.js';
import { asManifests, ofResources } from '#live/resources.js';
import type { ControlBase } from '#model/base.js';
import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import { onlyWorld } from '#model/value.js';
import type { UnusedWaiver, Waiver, WaiverProblem } from '#model/waiver.js';
import { againstOf, standpointOf } from './gate.js';
import { limitsOf } from './waivers.js';

/** The gate's own predicates, put to what was observed; resources of stacks by what the gate expects of those of templates. */
export function judgeObservations(
  observations: readonly Observation[],
  plan: Plan,
  base: ControlBase,
): readonly Finding[] {
  const against = againstOf(base, standpointOf(plan, base));
  const requirements = against.requirements.filter(({ endpoints }) =>
    endpoints.some((kind) => against.needs.includes(kind)),
  );
  const live = judgeLive(observations, requirements, liveConditions(against));
  // What a stack lacks the comparison with its template tells.
  const deep = asManifests(observations).flatMap(({ stack, manifest }) =>
    check([manifest], { ...against, requirements: ofResources(requirements), needs: [] }).map(
      ({ position: _, evidence: __, ...finding }): Finding => ({
        ...finding,
        resource: `${stack}/${finding.resource}`,
      }),
    ),
  );
  return [...live, ...deep];
}

/** The gate's predicates as the live room asks for them. */
export function liveConditions(against: Against): JudgeCondition {
  const { settings, boundary, nvmeFamilies, clouds, offers } = against;
  const context = {
    world: onlyWorld,
    resource: undefined,
    ...{ settings, boundary, nvmeFamilies, clouds, offers },
    ofType: () => [],
    find: () => undefined,
    isNowhere: () => true,
  };
  return (condition, value) => engine.condition(value, condition, context);
}

export interface LiveWaived {
  findings: readonly Finding[];
  problems: readonly WaiverProblem[];
  unused: readonly UnusedWaiver[];
}

/**
 * Findings with the system's waivers and those of a file put to them, as the gate does. One that speaks of nothing here is no
 * problem: it may be for a manifest, which a probe does not look at.
 */
export function waiveLive(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { plan, base, day }: { plan: Plan; base: ControlBase; day: string },
): LiveWaived {
  const waived = waive(findings, [...(plan.system.waivers ?? []), ...waivers], {
    day,
    limits: limitsOf(base, plan.system.gate),
    severities: new Map(base.requirements.map(({ id, severity }) => [id, severity])),
    judged: new Set(findings.map(({ requirement }) => requirement)),
    files: [],
    isWhole: true,
  });
  // What is pinned is what stands in a manifest.
  const isOfNothing = ({ fault }: WaiverProblem): boolean => ['unmatched', 'unused', 'changed'].includes(fault);
  return {
    findings: waived.findings,
    problems: waived.problems.filter((problem) => !isOfNothing(problem)),
    unused: [
      ...waived.unused,
      ...waived.problems.filter(isOfNothing).map(({ waiver, why }) => ({ waiver, why: `${why}, a probe` })),
    ],
  };
}
