import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import type { Endpoint } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import type { Requirement } from '#model/requirement.js';
import type { System } from '#model/system.js';
import { chooseBaseline, isFault } from './choose-baseline.js';
import { mergeSettings } from './settings.js';

/** System × Baseline × Requirements → Plan. Throws RampartErrors (exit `input`) that name the setting or baseline at fault. */
export function plan(system: System, base: ControlBase): Plan {
  const baseline = chooseBaseline(system, base);
  if (isFault(baseline)) {
    throw new RampartError('RAMPART_NO_BASELINE', baseline.message, {
      exit: 'input',
      next: 'Correct the system file.',
    });
  }
  return {
    system,
    baseline: baseline.id,
    stoodOn: [...base.sources, `control data ${base.digest}`],
    endpoints: system.endpoints.map((endpoint) => planOf(endpoint, system, baseline, base)),
  };
}

function planOf(endpoint: Endpoint, system: System, baseline: Baseline, base: ControlBase): EndpointPlan {
  const selected = new Set(baseline.controls);
  const applicable = base.requirements
    .filter(({ endpoints }) => endpoints.includes(endpoint.kind))
    .map(
      (requirement): Requirement => ({
        ...requirement,
        controls: requirement.controls.filter((control) => selected.has(control.id)),
      }),
    )
    .filter(({ controls }) => controls.length > 0);
  const known = new Set(applicable.flatMap(({ settings }) => Object.keys(settings)));
  // A setting of another endpoint's kind is no fault here; unknown ids were refused when the file was read.
  const user = Object.fromEntries(Object.entries(system.settings ?? {}).filter(([id]) => known.has(id)));
  return {
    endpoint,
    settings: mergeSettings(applicable, baseline, user),
    requirements: applicable.map(({ id, title, severity, controls }) => ({ id, title, severity, controls })),
  };
}
