import { engine } from '#check/engine.js';
import { now, wallClock } from '#io/clock.js';
import { readAccount } from '#io/environment.js';
import { progressLine } from '#io/progress.js';
import { judge as judgeLive } from '#live/judge.js';
import type { ControlBase } from '#model/base.js';
import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import { onlyWorld } from '#model/value.js';
import { againstOf, standpointOf } from './gate.js';

/** Looks at the live account of a system and says what its requirements say of it. `keys` empty: all that have an alias. */
export async function probe(
  plan: Plan,
  base: ControlBase,
  { keys, region }: { keys: readonly string[]; region: string },
): Promise<{ observations: readonly Observation[]; findings: readonly Finding[]; notes: readonly string[] }> {
  const { observe } = await import('#io/aws/observe.js');
  const { boundary } = plan.system;
  const account = readAccount(boundary.account);
  const line = progressLine();
  try {
    const observations = await observe({
      region,
      boundary,
      keys,
      account,
      now: process.env.SOURCE_DATE_EPOCH ? now : wallClock,
      fipsHosts: Object.fromEntries((base.boundary.services ?? []).map(({ id, fips }) => [id, fips])),
      progress: (done, all) => line.show(`Looked at ${done} of ${all} keys`),
    });
    return {
      observations,
      findings: judgeObservations(observations, plan, base),
      notes: account === undefined ? [accountOpen] : [],
    };
  } finally {
    line.clear();
  }
}

const accountOpen =
  'The account was not compared: the system file names none under boundary.account (12 digits, or env:NAME).';

/** The gate's own predicates, put to what was observed. */
export function judgeObservations(
  observations: readonly Observation[],
  plan: Plan,
  base: ControlBase,
): readonly Finding[] {
  const against = againstOf(base, standpointOf(plan, base));
  const context = {
    world: onlyWorld,
    resource: undefined,
    settings: against.settings,
    boundary: against.boundary,
    nvmeFamilies: against.nvmeFamilies,
    clouds: against.clouds,
    offers: against.offers,
    ofType: () => [],
    find: () => undefined,
  };
  const requirements = against.requirements.filter(({ endpoints }) =>
    endpoints.some((kind) => against.needs.includes(kind)),
  );
  return judgeLive(observations, requirements, (condition, value) => engine.condition(value, condition, context));
}
