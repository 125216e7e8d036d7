import type { Combine, SettingValue } from '#model/setting.js';

/** One value asked of a setting, and who asks. */
export interface Demand {
  by: string;
  value: SettingValue;
}

/** Two demands that cannot both be met. */
export interface Clash {
  setting: string;
  between: readonly [Demand, Demand];
}

const items = (value: SettingValue): readonly string[] => (Array.isArray(value) ? value : [String(value)]);

/**
 * One value out of all demands, whatever their order. Demands are taken sorted by who asks, so that a clash always names
 * the same two.
 */
export function combine(setting: string, how: Combine, demands: readonly Demand[]): SettingValue | Clash {
  const [first, ...rest] = [...demands].sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
  if (!first) throw new Error(`nobody asks anything of ${setting}`);
  const values = [first, ...rest].map(({ value }) => value);
  switch (how) {
    case 'max':
      return Math.max(...values.map(Number));
    case 'min':
      return Math.min(...values.map(Number));
    case 'all':
      return values.some((value) => value === true);
    case 'union':
      return [...new Set(values.flatMap(items))].sort();
    case 'intersection':
      return intersection(setting, [first, ...rest]);
    case 'equal': {
      const other = rest.find(({ value }) => !same(value, first.value));
      return other ? { setting, between: [first, other] } : first.value;
    }
  }
}

function intersection(setting: string, demands: readonly Demand[]): SettingValue | Clash {
  const [first, ...rest] = demands as [Demand, ...Demand[]];
  let shared = [...new Set(items(first.value))];
  for (const demand of rest) {
    shared = shared.filter((item) => items(demand.value).includes(item));
    if (shared.length === 0) return { setting, between: [first, demand] };
  }
  return shared.sort();
}

export const same = (left: SettingValue, right: SettingValue): boolean =>
  JSON.stringify(Array.isArray(left) ? [...left].sort() : left) ===
  JSON.stringify(Array.isArray(right) ? [...right].sort() : right);

export const isClash = (combined: SettingValue | Clash): combined is Clash =>
  typeof combined === 'object' && !Array.isArray(combined);

/** Whether a user's value asks at least as much as the plan's. */
export function isAsTight(how: Combine, asked: SettingValue, needed: SettingValue): boolean {
  switch (how) {
    case 'max':
      return Number(asked) >= Number(needed);
    case 'min':
      return Number(asked) <= Number(needed);
    case 'all':
      return needed !== true || asked === true;
    case 'union':
      return items(needed).every((item) => items(asked).includes(item));
    case 'intersection':
      return items(asked).every((item) => items(needed).includes(item)) && items(asked).length > 0;
    case 'equal':
      return same(asked, needed);
  }
}
