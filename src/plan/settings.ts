import type { JudgingBase, PlannedBaseline, PlanningBase } from '#model/base.js';
import type { Selection } from '#model/baseline.js';
import { RampartError } from '#model/error.js';
import { classOf, forceOf } from '#model/fedramp-rules.js';
import type { Requirement } from '#model/requirement.js';
import { type Because, descriptionOf, type Setting, type SettingValue } from '#model/setting.js';
import { combine, type Demand } from './combine.js';
import { profileValue } from './retention.js';
import type { Fault } from './schema-problem.js';
import { show } from './show.js';
import { didYouMean } from './suggest.js';
import { tighten } from './tighten.js';

type Overrides = Readonly<Record<string, SettingValue>>;

/** Published facts that settings and their reasons come from beside the baseline. */
export type Published = Partial<Pick<PlanningBase, 'retention' | 'rules'>>;

/** The controls of a requirement that a baseline selects. */
export const controlsIn = (requirement: Requirement, baseline: PlannedBaseline): Requirement['controls'] => {
  const selected = selectedBy(baseline.controls);
  return requirement.controls.filter(({ id }) => selected.has(id));
};

/** A baseline has hundreds of controls, and is asked for those of every requirement. */
const selections = new WeakMap<readonly string[], ReadonlySet<string>>();

function selectedBy(controls: readonly string[]): ReadonlySet<string> {
  let selected = selections.get(controls);
  if (!selected) {
    selected = new Set(controls);
    selections.set(controls, selected);
  }
  return selected;
}

/**
 * The settings some requirements ask for under a baseline, sorted by id, each with its reasons. Looser overrides come back
 * as faults; requirements that cannot be met together are thrown as RAMPART_SETTING_CLASH.
 */
export function planSettings(
  requirements: readonly Requirement[],
  baseline: PlannedBaseline,
  overrides: Overrides,
  published: Published = {},
): { settings: Setting[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const settings = [...demandsOf(requirements, baseline, overrides, published)].map(([id, demands]) => {
    const combined = combine(demands);
    if ('clash' in combined) throw clashError(id, combined.clash.requirements, combined.clash.reason);
    const because = demands.flatMap((demand) => reasons(demand, baseline, published));
    const description = descriptionOf(demands.map(({ demand }) => demand));
    if (!Object.hasOwn(overrides, id)) return { id, value: combined.value, description, because };
    const user = overrides[id] as SettingValue;
    const tightened = tighten(id, user, combined.value, demands);
    if ('message' in tightened) faults.push({ path: ['settings', id], message: tightened.message });
    const value = 'value' in tightened ? tightened.value : combined.value;
    return { id, value, description, because: [...because, { kind: 'user' as const, value: user }] };
  });
  return { settings: settings.sort((left, right) => (left.id < right.id ? -1 : 1)), faults };
}

/** Setting id → the demands on it, sorted by requirement. */
function demandsOf(
  requirements: readonly Requirement[],
  baseline: PlannedBaseline,
  overrides: Overrides,
  { retention = [] }: Published,
): Map<string, [Demand, ...Demand[]]> {
  const found = new Map<string, [Demand, ...Demand[]]>();
  for (const requirement of [...requirements].sort((left, right) => (left.id < right.id ? -1 : 1))) {
    const controls = controlsIn(requirement, baseline).map(({ id }) => id);
    if (controls.length === 0) continue;
    for (const [id, demand] of Object.entries(requirement.settings)) {
      const chosen = demand.profile && retention.find((each) => each.id === overrides[demand.profile?.setting ?? '']);
      const profiled = chosen && profileValue(demand, chosen);
      const value = profiled ?? demand.byBaseline?.[baseline.id] ?? demand.default;
      const made = {
        requirement: requirement.id,
        controls,
        value,
        demand,
        ...(chosen && profiled !== undefined ? { profile: chosen } : {}),
      };
      const others = found.get(id);
      if (others) others.push(made);
      else found.set(id, [made]);
    }
  }
  return found;
}

function reasons(
  { requirement, controls, value, demand, profile }: Demand,
  baseline: PlannedBaseline,
  { rules }: Published,
): Because[] {
  const because: Because[] = [{ kind: 'requirement', requirement, controls, value }];
  if (profile) {
    const text = `${profile.asks} (${profile.source})`;
    because.push({ kind: 'profile', requirement, profile: profile.id, text, value });
  }
  const { parameter, rule: ruleId } = demand;
  const rule = rules?.rules.find(({ id }) => id === ruleId);
  const letter = classOf(baseline.id);
  const force = rule && letter && forceOf(rule, letter);
  if (rule && force) because.push({ kind: 'rule', requirement, rule: rule.id, text: `${rule.name}: ${force}` });
  const assigned = parameter === undefined ? undefined : baseline.parameters?.[parameter];
  if (parameter !== undefined && assigned !== undefined) {
    because.push({ kind: 'parameter', requirement, parameter, text: assigned.map((text) => text.trim()).join('; ') });
  }
  return because;
}

const clashError = (id: string, requirements: readonly string[], reason: string): RampartError =>
  new RampartError('RAMPART_SETTING_CLASH', `Setting ${id}: ${requirements.join(' and ')} clash: ${reason}.`, {
    exit: 'bug',
    next: 'The control data contradicts itself. Please report it with the names above.',
  });

/**
 * The value of every setting for a baseline when there is no system file: what `check` holds a manifest against. Throws
 * RAMPART_BASELINE_UNKNOWN.
 */
export function effectiveSettings(base: JudgingBase, baselineId: string): Readonly<Record<string, SettingValue>> {
  const { settings } = planSettings(base.requirements, baselineOf(base, baselineId), {});
  return Object.fromEntries(settings.map(({ id, value }) => [id, value]));
}

/** A baseline by id. Throws RAMPART_BASELINE_UNKNOWN naming those there are. */
function baselineOf(base: JudgingBase, id: string): Selection {
  const found = base.baselines.find((baseline) => baseline.id === id);
  if (found) return found;
  const ids = base.baselines.map((baseline) => baseline.id).sort();
  throw new RampartError('RAMPART_BASELINE_UNKNOWN', `${show(id)} is not a baseline.${didYouMean(id, ids)}`, {
    exit: 'usage',
    next: `Use one of: ${ids.join(', ')}`,
  });
}
