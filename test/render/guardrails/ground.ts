import type { Plan } from '#model/plan.js';
import type { Requirement } from '#model/requirement.js';
import type { SettingValue } from '#model/setting.js';
import type { Ground } from '#render/guardrail.js';
import { againstOf, standpointOf } from '../../../src/session/gate.js';
import { base } from '../../controls/base.js';
import { both, variants } from '../plans.js';

/** The ground the examples of requirements are judged on: every default, both regions. */
export function exampleGround(requirements: readonly Requirement[] = base.requirements): Ground {
  const settings: Record<string, SettingValue> = {};
  for (const { settings: demands } of base.requirements) {
    for (const [id, demand] of Object.entries(demands)) settings[id] = demand.default;
  }
  const regions = ['us-gov-west-1', 'us-gov-east-1'];
  return {
    system: { ...both, boundary: { partition: 'aws-us-gov', regions } },
    baseline: 'fedramp-rev5-moderate',
    requirements,
    settings,
    boundary: base.boundary,
    guardrails: base.guardrails,
  };
}

/** The grounds of the systems whose renderings are golden files. */
export const grounds: readonly { name: string; plan: Plan; ground: Ground }[] = variants.map(({ name, plan }) => {
  const { requirements, settings } = againstOf(base, standpointOf(plan, base));
  const { system, baseline } = plan;
  return {
    name,
    plan,
    ground: { system, baseline, requirements, settings, boundary: base.boundary, guardrails: base.guardrails },
  };
});
