import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import { RampartError } from '#model/error.js';
import type { Requirement } from '#model/requirement.js';
import type { Because, Setting, SettingDemand, SettingValue } from '#model/setting.js';
import { combine, isAsTight, isClash, same } from './combine.js';
import { show } from './show.js';

interface Asked {
  requirement: Requirement;
  demand: SettingDemand;
}

/** Every setting the requirements ask for, merged, sorted by id. The user's values may only be tighter. */
export function mergeSettings(
  requirements: readonly Requirement[],
  baseline: Baseline,
  user: Readonly<Record<string, SettingValue>> = {},
): Setting[] {
  const asked = new Map<string, Asked[]>();
  for (const requirement of requirements) {
    for (const [id, demand] of Object.entries(requirement.settings)) {
      const list = asked.get(id) ?? [];
      list.push({ requirement, demand });
      asked.set(id, list);
    }
  }
  return [...asked.keys()]
    .sort()
    .map((id) => mergeOne(id, asked.get(id) ?? [], baseline, Object.hasOwn(user, id) ? user[id] : undefined));
}

/** Setting id → its value for a baseline, where no system file says otherwise. */
export function effectiveSettings(base: ControlBase, baselineId: string): Readonly<Record<string, SettingValue>> {
  const baseline = base.baselines.find(({ id }) => id === baselineId);
  if (!baseline) throw new Error(`no baseline ${baselineId}`);
  const selected = new Set(baseline.controls);
  const requirements = base.requirements.filter(({ controls }) => controls.some(({ id }) => selected.has(id)));
  return Object.fromEntries(mergeSettings(requirements, baseline).map(({ id, value }) => [id, value]));
}

function mergeOne(
  id: string,
  unordered: readonly Asked[],
  baseline: Baseline,
  user: SettingValue | undefined,
): Setting {
  const asked = [...unordered].sort((a, b) => (a.requirement.id < b.requirement.id ? -1 : 1));
  const [{ demand }] = asked as [Asked, ...Asked[]];
  const odd = asked.find((other) => other.demand.type !== demand.type || other.demand.combine !== demand.combine);
  if (odd) throw clash(id, asked[0] as Asked, odd, 'disagree on its type or on how it is combined');
  const demands = asked.map(({ requirement, demand: each }) => ({
    by: requirement.id,
    value: each.byBaseline?.[baseline.id] ?? each.default,
  }));
  const needed = combine(id, demand.combine, demands);
  if (isClash(needed)) {
    const [left, right] = needed.between;
    throw new RampartError(
      'RAMPART_SETTING_CLASH',
      `setting ${id}: ${left.by} needs ${show(left.value)} and ${right.by} needs ${show(right.value)}`,
      { exit: 'input', next: 'Correct one of the two requirements.' },
    );
  }
  if (user !== undefined) refuseLooser(id, user, needed, asked);
  const value = user ?? needed;
  refuseImpossible(id, value, asked);
  const because: Because[] = asked.map(({ requirement }, at) => ({
    kind: 'requirement',
    requirement: requirement.id,
    controls: requirement.controls
      .map((control) => control.id)
      .filter((control) => baseline.controls.includes(control)),
    value: demands[at]?.value as SettingValue,
  }));
  for (const { requirement, demand: each } of asked) {
    const text = each.parameter === undefined ? undefined : baseline.parameters[each.parameter]?.join('; ');
    if (each.parameter !== undefined && text !== undefined) {
      because.push({ kind: 'parameter', requirement: requirement.id, parameter: each.parameter, text: text.trim() });
    }
  }
  if (user !== undefined && !same(user, needed)) because.push({ kind: 'user', value: user });
  return { id, value, description: demand.description, because };
}

function refuseLooser(id: string, user: SettingValue, needed: SettingValue, asked: readonly Asked[]): void {
  const [{ demand, requirement }] = asked as [Asked, ...Asked[]];
  if (typeof user !== typeof needed || Array.isArray(user) !== Array.isArray(needed)) {
    throw new RampartError('RAMPART_SETTING_TYPE', `settings.${id}: ${show(user)} must be of type ${demand.type}`, {
      exit: 'input',
      next: `Write a value like ${show(needed)}.`,
    });
  }
  if (isAsTight(demand.combine, user, needed)) return;
  const binding = asked.find((each) => !isAsTight(demand.combine, user, each.demand.default)) ?? { requirement };
  const controls = binding.requirement.controls.map((control) => control.id).join(', ');
  throw new RampartError(
    'RAMPART_SETTING_LOOSER',
    `settings.${id}: ${show(user)} is looser than ${show(needed)}, which ${binding.requirement.id} (${controls}) needs`,
    { exit: 'input', next: `Remove settings.${id}, or set it to ${show(needed)} or tighter.` },
  );
}

/** Every service limit any requirement knows of holds for the merged value. */
function refuseImpossible(id: string, value: SettingValue, asked: readonly Asked[]): void {
  for (const { demand, requirement } of asked) {
    const [low, high] = demand.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const outOfRange = typeof value === 'number' && (value < low || value > high);
    const notAllowed =
      demand.allowed !== undefined && !Array.isArray(value) && !demand.allowed.includes(value as string);
    if (!outOfRange && !notAllowed) continue;
    const limit = outOfRange ? `from ${low} to ${high}` : `one of ${demand.allowed?.join(', ')}`;
    throw new RampartError(
      'RAMPART_SETTING_IMPOSSIBLE',
      `settings.${id}: ${show(value)} must be ${limit} (${requirement.id})`,
      {
        exit: 'input',
        next: `Choose a value the service accepts: ${limit}.`,
      },
    );
  }
}

const clash = (id: string, left: Asked, right: Asked, what: string): RampartError =>
  new RampartError(
    'RAMPART_SETTING_CLASH',
    `setting ${id}: ${left.requirement.id} and ${right.requirement.id} ${what}`,
    {
      exit: 'input',
      next: 'Correct one of the two requirements.',
    },
  );
