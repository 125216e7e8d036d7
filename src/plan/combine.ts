import type { RetentionProfile } from '#model/retention-profile.js';
import type { SettingDemand, SettingValue } from '#model/setting.js';

/** One requirement's demand on one setting, with the value it has for the baseline at hand. */
export interface Demand {
  requirement: string;
  controls: readonly string[];
  value: SettingValue;
  demand: SettingDemand;
  /** The retention profile the value comes from. */
  profile?: RetentionProfile;
}

/** Demands that no value meets, with the requirements that cannot be met together (one, when its own demand is at odds). */
export interface Clash {
  requirements: readonly string[];
  reason: string;
}

export type Combined = { value: SettingValue } | { clash: Clash };

type Several = readonly [Demand, ...Demand[]];

/**
 * Merges demands on one setting into the value that meets them all. The order of the demands does not matter, neither for
 * the value nor for the words of a clash.
 */
export function combine(demands: Several): Combined {
  const sorted = inOrder(demands);
  const disagreement = sorted.find(({ demand }) => !sameKind(demand, sorted[0].demand));
  if (disagreement) return clash([sorted[0], disagreement], 'they disagree on its type or on how values combine');
  const malformed = sorted.find(({ value, demand }) => !hasType(value, demand.type));
  if (malformed) return clash([malformed], `${shown(malformed.value)} is not of type ${malformed.demand.type}`);
  const merged = merge(sorted);
  if ('clash' in merged) return merged;
  const refusing = sorted.find(({ demand }) => refusal(merged.value, demand) !== undefined);
  if (refusing === undefined) return merged;
  const asking = sorted.find(({ value }) => same(value, merged.value)) ?? sorted[0];
  return clash([asking, refusing], `${shown(merged.value)} ${refusal(merged.value, refusing.demand)}`);
}

const clash = (between: readonly Demand[], reason: string): Combined => ({
  clash: { requirements: [...new Set(between.map(({ requirement }) => requirement))].sort(), reason },
});

const key = ({ requirement, value, demand }: Demand): string => `${requirement}\n${JSON.stringify([value, demand])}`;

/** Most settings are asked for once; the demands of others are put into words once, and not at each comparison. */
const inOrder = (demands: Several): Several =>
  demands.length < 2
    ? demands
    : (demands
        .map((demand) => ({ demand, key: key(demand) }))
        .sort((left, right) => (left.key < right.key ? -1 : 1))
        .map(({ demand }) => demand) as unknown as Several);

const sameKind = (left: SettingDemand, right: SettingDemand): boolean =>
  left.type === right.type && left.combine === right.combine;

export const hasType = (value: SettingValue, type: SettingDemand['type']): boolean => {
  if (type === 'integer') return Number.isInteger(value);
  return type === 'list' ? Array.isArray(value) : typeof value === type;
};

function merge(demands: Several): Combined {
  const values = demands.map(({ value }) => value);
  switch (demands[0].demand.combine) {
    case 'max':
      return { value: last(values, demands[0].demand) };
    case 'min':
      return { value: last(values, demands[0].demand, -1) };
    case 'all':
      return { value: values.includes(true) };
    case 'union':
      return { value: setOf((values as string[][]).flat()) };
    case 'intersection':
      return intersect(demands);
    case 'equal':
    case 'choice': {
      const other = demands.find(({ value }) => !same(value, demands[0].value));
      if (!other) return { value: demands[0].value };
      return clash([demands[0], other], `${shown(demands[0].value)} and ${shown(other.value)} cannot both be met`);
    }
  }
}

/** The largest value, or with `sign` -1 the smallest. */
const last = (values: readonly SettingValue[], demand: SettingDemand, sign = 1): SettingValue =>
  [...values].sort((left, right) => sign * (rank(right, demand) - rank(left, demand)))[0] as SettingValue;

/** Where a value stands: numbers by size, texts by their place among the allowed. */
export const rank = (value: SettingValue, { allowed }: SettingDemand): number =>
  typeof value === 'number' ? value : (allowed ?? []).indexOf(value as string);

/** Items all allow. When none is left, a pair that shares nothing is named if there is one, otherwise everybody is. */
function intersect(demands: Several): Combined {
  const lists = demands.map(({ value }) => value as readonly string[]);
  const left = setOf(lists.reduce((kept, list) => kept.filter((item) => list.includes(item))));
  if (left.length > 0) return { value: left };
  for (const one of demands) {
    const apart = demands.find(
      (other) => !(other.value as string[]).some((item) => (one.value as string[]).includes(item)),
    );
    if (apart) return clash([one, apart], 'the values they allow have nothing in common');
  }
  return clash(demands, 'the values they allow have nothing in common');
}

/** Why a service would not accept a value, as the end of a sentence; undefined when it would. */
export function refusal(value: SettingValue, { range, allowed }: SettingDemand): string | undefined {
  if (range && typeof value === 'number' && (value < range[0] || value > range[1])) {
    return `is outside ${range[0]} to ${range[1]}`;
  }
  if (!allowed) return undefined;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const options: readonly unknown[] = allowed;
  return items.every((item) => options.includes(item)) ? undefined : `is not among ${allowed.join(', ')}`;
}

export const setOf = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();

/** Equal values; lists are compared as sets. */
export const same = (left: SettingValue, right: SettingValue): boolean =>
  Array.isArray(left) && Array.isArray(right)
    ? JSON.stringify(setOf(left)) === JSON.stringify(setOf(right))
    : left === right;

/** A setting's value as people read it. */
export const shown = (value: SettingValue): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));
