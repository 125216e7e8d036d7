import type { PlannedBaseline, PlanningBase } from '#model/base.js';
import type { Endpoint } from '#model/endpoint.js';
import { type Problem, RampartError } from '#model/error.js';
import type { EndpointPlan, Plan, PlannedRequirement } from '#model/plan.js';
import type { Requirement } from '#model/requirement.js';
import type { System } from '#model/system.js';
import { chooseBaseline, isFault } from './choose-baseline.js';
import { problemsOf } from './problems.js';
import type { Fault } from './schema-problem.js';
import { controlsIn, planSettings } from './settings.js';
import { show } from './show.js';
import type { Source } from './source.js';

/**
 * What a system must do to meet its baseline: per endpoint, the requirements whose controls the baseline selects and the
 * settings they add up to. `source` gives errors their positions in the system file. Throws RAMPART_PLAN_IMPOSSIBLE (no fitting
 * baseline, looser or useless overrides), RAMPART_SETTING_CLASH and RAMPART_NOTHING_APPLIES.
 */
export function plan(system: System, base: PlanningBase, source?: Source): Plan {
  const baseline = chooseBaseline(system, base);
  if (isFault(baseline)) throw impossible([baseline], source);
  const faults: Fault[] = [];
  const endpoints = system.endpoints.map((endpoint) => {
    const planned = planEndpoint(endpoint, system, base, baseline);
    faults.push(...planned.faults);
    return planned.endpointPlan;
  });
  faults.push(...unused(system, endpoints));
  if (faults.length > 0) throw impossible(faults, source);
  const stoodOn = [...base.sources, `control data sha256:${base.digest}`];
  return { system, baseline: baseline.id, stoodOn, endpoints };
}

function planEndpoint(
  endpoint: Endpoint,
  system: System,
  base: PlanningBase,
  baseline: PlannedBaseline,
): { endpointPlan: EndpointPlan; faults: Fault[] } {
  const applicable = base.requirements
    .filter((each) => each.endpoints.includes(endpoint.kind) && controlsIn(each, baseline).length > 0)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  if (applicable.length === 0) {
    throw new RampartError(
      'RAMPART_NOTHING_APPLIES',
      `No requirement for ${endpoint.kind} supports a control of ${baseline.id}.`,
      {
        exit: 'nothingJudged',
        next: 'Choose another baseline; rampart controls coverage shows what is judged under each.',
      },
    );
  }
  const { settings, faults } = planSettings(applicable, baseline, system.settings ?? {}, base);
  const requirements = applicable.map((requirement) => planned(requirement, baseline));
  const limits = limitsOf(endpoint, base);
  return { endpointPlan: { endpoint, settings, requirements, ...(limits.length > 0 ? { limits } : {}) }, faults };
}

function limitsOf({ kind }: Endpoint, { boundary }: PlanningBase): string[] {
  const row = boundary.kinds?.find((each) => each.kind === kind);
  return (row?.limits ?? []).map((limit) => `${limit} As of ${row?.date}.`);
}

const planned = (requirement: Requirement, baseline: PlannedBaseline): PlannedRequirement => ({
  id: requirement.id,
  title: requirement.title,
  severity: requirement.severity,
  controls: controlsIn(requirement, baseline),
});

/** Overrides no endpoint's plan reads: to let them stand would feign an effect. */
function unused(system: System, endpoints: readonly EndpointPlan[]): Fault[] {
  const used = new Set(endpoints.flatMap(({ settings }) => settings.map(({ id }) => id)));
  return Object.keys(system.settings ?? {})
    .filter((id) => !used.has(id))
    .map((id) => ({
      path: ['settings', id],
      key: true,
      message: `settings: ${show(id)} has no effect: no requirement that applies to these endpoints reads it. Remove it.`,
    }));
}

function impossible(faults: readonly Fault[], source: Source | undefined): RampartError {
  const messages = [...new Set(faults.map(({ message }) => message))];
  const problems: Problem[] = source ? problemsOf(faults, source) : messages.map((message) => ({ message }));
  const summary = messages.length === 1 ? messages[0] : `${messages.length} problems`;
  return new RampartError('RAMPART_PLAN_IMPOSSIBLE', `The system cannot be planned: ${summary}`, {
    exit: 'input',
    next: 'Correct the system file; rampart explain tells why a requirement asks for a value.',
    position: problems[0]?.position,
    problems,
  });
}
