export type SettingValue = boolean | number | string | readonly string[];

/**
 * How several demands on one setting become one value, and so which direction is tighter: `max` the largest number wins,
 * `min` the smallest, `all` true wins, `union` every listed item is needed, `intersection` only items all allow,
 * `equal` all must agree, `choice` all must agree and the user may choose another of the allowed. For texts `max` is the
 * one that stands last among the allowed.
 */
export type Combine = 'max' | 'min' | 'all' | 'union' | 'intersection' | 'equal' | 'choice';

/** What `{setting: id}` in a requirement stands for, and `{setting: id, as: years}`, where a service counts in years of 365 days. */
export const settingAs = (value: SettingValue, as: unknown): SettingValue =>
  as === 'years' && typeof value === 'number' ? Math.ceil(value / 365) : value;

/** What a requirement asks of a setting. */
export interface SettingDemand {
  type: 'boolean' | 'integer' | 'string' | 'list';
  combine: Combine;
  default: SettingValue;
  /** What the setting does, for people. */
  description: string;
  /** Smallest and largest integer a service accepts. */
  range?: readonly [number, number];
  /** The only values a service accepts. */
  allowed?: readonly (string | number)[];
  /** Values for single baselines, where they differ from the default. */
  byBaseline?: Readonly<Record<string, SettingValue>>;
  /** OSCAL parameter id of the control that fixes the value, if one does. */
  parameter?: string;
  /** FedRAMP rule that says how much a class is bound to the value. */
  rule?: string;
  /** A retention profile, chosen by another setting, whose days replace the default. */
  profile?: { setting: string; days: 'searchable' | 'kept' };
}

export type Because =
  | { kind: 'requirement'; requirement: string; controls: readonly string[]; value: SettingValue }
  | { kind: 'parameter'; requirement: string; parameter: string; text: string }
  | { kind: 'rule'; requirement: string; rule: string; text: string }
  | { kind: 'profile'; requirement: string; profile: string; text: string; value: SettingValue }
  | { kind: 'user'; value: SettingValue };

/** A named value with its reasons. */
export interface Setting {
  id: string;
  value: SettingValue;
  description: string;
  because: readonly Because[];
}

/** What conditions read: setting id → value. */
export const settingValues = (settings: readonly Setting[]): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(settings.map((setting) => [setting.id, setting.value]));

/** What a setting does, in the words of all who ask for it. */
export const descriptionOf = (demands: readonly SettingDemand[]): string =>
  [...new Set(demands.map(({ description }) => description))].join(' ');
