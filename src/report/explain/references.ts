import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import { controlIdOf, labelOf } from '#model/control.js';
import { classOf, forceOf, type JudgedIndicator } from '#model/fedramp-rules.js';
import type { Mapping, Requirement } from '#model/requirement.js';
import type { SettingDemand, SettingValue } from '#model/setting.js';
import type { Inline } from './page.js';

/** What pages are made from. `prose` is the publication's own words, where the user brought them. */
export type ExplainedBase = ControlBase & { prose?: ReadonlyMap<string, string> };

export const toRequirement = ({ id }: Pick<Requirement, 'id'>): Inline => ({ kind: 'requirement', id, text: id });
export const toControl = (id: string): Inline => ({ kind: 'control', id, text: labelOf(id) });
export const toBaseline = ({ id }: Pick<Baseline, 'id'>): Inline => ({ kind: 'baseline', id, text: id });
export const toSetting = (id: string): Inline => ({ kind: 'setting', id, text: id });
export const toIndicator = (id: string): Inline => ({ kind: 'indicator', id, text: id });

export const titleOf = (control: string, base: ControlBase): string =>
  base.controls.find(({ id }) => id === control)?.title ?? 'not in a shipped baseline';

export const basisOf = (mapping: Mapping | undefined): string =>
  mapping?.basis === 'sourced' ? mapping.source : 'Rampart’s own mapping';

/** Who relates a control to an indicator. */
export const relatedBy = (own: JudgedIndicator['own'], control: string): string =>
  own?.controls.includes(control) ? 'Rampart' : 'FedRAMP’s rules';

/** `sc-28.1` of `sc-28.01_odp.02`. */
export const controlOfParameter = (parameter: string): string | undefined => controlIdOf(parameter.replace(/_.*$/, ''));

/** A publisher's words for a parameter, as one quotation. */
export const parameterWords = (values: readonly string[]): string =>
  `“${values.map((each) => each.trim()).join('; ')}”`;

/** What a demand asks for under a baseline. */
export const asks = (demand: SettingDemand, baseline: Baseline | undefined): SettingValue =>
  (baseline && demand.byBaseline && Object.hasOwn(demand.byBaseline, baseline.id)
    ? demand.byBaseline[baseline.id]
    : undefined) ?? demand.default;

export const shownValue = (value: SettingValue): string =>
  Array.isArray(value) ? `[${value.join(', ')}]` : String(value);

/** What fixes a setting under a baseline: the words for its parameter, or the rule that binds its class; else nothing. */
export function fixedBy(demand: SettingDemand, baseline: Baseline, { rules }: ControlBase): string {
  const { parameter, rule: id } = demand;
  const { parameters } = baseline;
  const values = parameter !== undefined && Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
  if (values) return `${parameter}: ${parameterWords(values)}`;
  const rule = rules.rules.find((each) => each.id === id);
  const letter = classOf(baseline.id);
  const force = rule && letter && forceOf(rule, letter);
  return rule && force ? `${rule.id}, ${rule.name}: ${force}` : '';
}

/** What each published profile asks for, where the user may choose one. */
export const profileRows = ({ profile }: SettingDemand, { retention = [] }: ControlBase): (readonly Inline[])[][] =>
  profile
    ? retention.map((each) => [[each.id], [String(each[profile.days] ?? 'does not say')], [each.asks], [each.title]])
    : [];

/** What a service accepts for a setting. */
export const accepted = ({ range, allowed }: SettingDemand): string =>
  [...(range ? [`${range[0]} to ${range[1]}`] : []), ...(allowed ? [allowed.join(', ')] : [])].join('; ');

export const combination = {
  max: 'The largest value asked for wins; a larger one is tighter.',
  min: 'The smallest value asked for wins; a smaller one is tighter.',
  all: 'It is on as soon as one requirement asks for it.',
  union: 'Everything any requirement lists is needed; more is tighter.',
  intersection: 'Only what all requirements allow is left; less is tighter.',
  equal: 'All requirements must ask for the same value.',
  choice: 'You choose one of them in rampart.yaml.',
};

const languageNames: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
  kubernetes: 'Kubernetes',
  arm: 'ARM',
  live: 'Live account',
};

export const languageName = (language: string): string =>
  Object.hasOwn(languageNames, language) ? (languageNames[language] as string) : language;

/** Names of the languages a requirement is judged in; what it asks of a live account comes last. */
export const judgedIn = ({ expect }: Requirement): string[] =>
  Object.keys(expect)
    .sort((left, right) => order(left) - order(right))
    .map(languageName);

const order = (language: string): number => {
  const at = Object.keys(languageNames).indexOf(language);
  return at < 0 ? 99 : at;
};
