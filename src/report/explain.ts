import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import { type Control, controlIdOf, labelOf } from '#model/control.js';
import type { Indicator } from '#model/fedramp-rules.js';
import type { Mapping, Requirement } from '#model/requirement.js';
import type { SettingDemand, SettingValue } from '#model/setting.js';
import type { Threat } from '#model/threat.js';
import { expectationLines } from './condition-text.js';
import type { Palette } from './palette.js';
import { wrap } from './wrap.js';

export interface ExplainOptions {
  palette: Palette;
  width: number;
  /** Cuts controls and values down to one baseline. */
  baseline?: Baseline;
}

/** Everything that can be explained, for suggestions when nothing is named so. Sorted. */
export const subjects = (base: ControlBase): string[] =>
  [
    ...[...base.requirements, ...base.controls].map(({ id }) => id),
    ...base.rules.indicators.map(({ id }) => id.toLowerCase()),
    ...base.threats.map(({ id }) => id),
    ...settingIds(base),
  ].sort();

const settingIds = (base: ControlBase): string[] => [
  ...new Set(base.requirements.flatMap(({ settings }) => Object.keys(settings))),
];

/** The text on a requirement, control or setting by its id; undefined when there is nothing of that name. */
export function explain(subject: string, base: ControlBase, options: ExplainOptions): string | undefined {
  const requirement = base.requirements.find(({ id }) => id === subject);
  if (requirement) return explainRequirement(requirement, base, options);
  const control = base.controls.find(({ id }) => id === controlIdOf(subject));
  if (control) return explainControl(control, base, options);
  const indicator = base.rules.indicators.find(({ id }) => id === subject.toUpperCase());
  if (indicator) return explainIndicator(indicator, base, options);
  const threat = base.threats.find(({ id }) => id === subject.toLowerCase());
  if (threat) return explainThreat(threat, base, options);
  return settingIds(base).includes(subject) ? explainSetting(subject, base, options) : undefined;
}

/** What a requirement wants, why, what it supports, what it looks at and what to do. */
export function explainRequirement(requirement: Requirement, base: ControlBase, options: ExplainOptions): string {
  const { palette, baseline } = options;
  const expected = Object.entries(requirement.expect).flatMap(([language, list]) => [
    `  ${palette.cyan(language)}`,
    ...list.flatMap((each) => expectationLines(each).map((line) => `    ${line}`)),
  ]);
  const settings = Object.entries(requirement.settings).map(
    ([id, demand]) => `  ${id} = ${shown(asks(demand, baseline))}  ${palette.dim(demand.description)}`,
  );
  return document([
    [
      `${palette.bold(requirement.id)}  ${requirement.severity}, ${requirement.category}`,
      ...wrap(requirement.title, options.width),
    ],
    section('Why', wrap(requirement.rationale, options.width, '  '), palette),
    section(
      'Controls it supports',
      requirement.controls.map((mapping) => mappingLine(mapping, base, baseline)),
      palette,
    ),
    section('Threats', [`  ${requirement.threats.join(', ')}`], palette),
    section('Applies to', [`  ${requirement.endpoints.join(', ')}`], palette),
    section('Settings', settings, palette),
    section('What is judged', expected, palette),
    section('What to do', wrap(requirement.remediation, options.width, '  '), palette),
  ]);
}

function mappingLine(mapping: Mapping, base: ControlBase, baseline: Baseline | undefined): string {
  const title = base.controls.find(({ id }) => id === mapping.id)?.title ?? 'not in a shipped baseline';
  const basis = mapping.basis === 'sourced' ? `source: ${mapping.source}` : 'Rampart’s own mapping';
  const outside = baseline && !baseline.controls.includes(mapping.id) ? `; not in ${baseline.id}` : '';
  return `  ${labelOf(mapping.id)}  ${title} (${basis}${outside})`;
}

/** Which baselines select a control with which parameters, and which requirements speak to it. */
export function explainControl(control: Control, base: ControlBase, options: ExplainOptions): string {
  const { palette, baseline } = options;
  const baselines = (baseline ? [baseline] : base.baselines).filter(({ controls }) => controls.includes(control.id));
  const supporting = base.requirements.filter(({ controls }) => controls.some(({ id }) => id === control.id));
  const selected = baselines.flatMap(({ id, parameters }) => [
    `  ${id}`,
    ...Object.entries(parameters)
      .filter(([parameter]) => controlOfParameter(parameter) === control.id)
      .flatMap(([parameter, values]) =>
        wrap(`${parameter}: “${values.map((each) => each.trim()).join('; ')}”`, options.width, '    '),
      ),
  ]);
  const judged = supporting.map((requirement) => {
    const mapping = requirement.controls.find(({ id }) => id === control.id);
    return `  ${requirement.id}  ${requirement.title} (${mapping?.basis === 'sourced' ? `source: ${mapping.source}` : 'Rampart’s own mapping'})`;
  });
  const closing =
    supporting.length === 0
      ? 'No requirement supports this control: Rampart says nothing about it.'
      : 'These requirements judge technical parts of the control. Passing them supports it; it does not meet it by itself.';
  return document([
    [`${palette.bold(control.label)}  ${control.title}`],
    section(
      'Selected by',
      selected.length > 0 ? selected : [`  ${baseline ? `not ${baseline.id}` : 'no shipped baseline'}`],
      palette,
    ),
    section('Requirements', judged, palette),
    section('Text, from your own catalog', textOf(control.id, base, options.width), palette),
    wrap(closing, options.width),
  ]);
}

/** The publication's own words, where the user brought them. */
function textOf(id: string, base: ControlBase & { prose?: ReadonlyMap<string, string> }, width: number): string[] {
  const lines = base.prose?.get(id)?.split('\n') ?? [];
  return lines.flatMap((line) =>
    wrap(line.trimStart(), width, `  ${' '.repeat(line.length - line.trimStart().length)}`),
  );
}

/** What a threat is, and which requirements answer it. */
export function explainThreat(threat: Threat, base: ControlBase, { palette, width }: ExplainOptions): string {
  const answers = base.requirements
    .filter(({ threats }) => threats.includes(threat.id))
    .map(({ id, severity, title }) => `  ${id}  ${title} (${severity})`);
  return document([
    [`${palette.bold(threat.title)}  ${threat.id}`, ...wrap(threat.description, width)],
    section('Requirements that answer it', answers, palette),
  ]);
}

/** Which classes have to show an indicator, which controls it is related to, and what Rampart judges of those. */
export function explainIndicator(indicator: Indicator, base: ControlBase, { palette, width }: ExplainOptions): string {
  const classes = base.baselines
    .filter(({ indicators }) => indicators && Object.hasOwn(indicators, indicator.id))
    .map(({ id, indicators }) => `  ${id}  ${indicators?.[indicator.id]}`);
  const controls = indicator.controls.map((id) => {
    const title = base.controls.find((each) => each.id === id)?.title ?? '';
    return `  ${labelOf(id)}  ${title}`;
  });
  const judged = base.requirements
    .filter((requirement) => requirement.controls.some(({ id }) => indicator.controls.includes(id)))
    .map(({ id, title }) => `  ${id}  ${title}`);
  return document([
    [
      `${palette.bold(indicator.id)}  ${indicator.name}`,
      `${indicator.theme}, Consolidated Rules ${base.rules.version}`,
    ],
    section('Classes', classes, palette),
    section('Controls the rules relate it to', controls, palette),
    section('Requirements that support those controls', judged, palette),
    wrap('Findings on these requirements are evidence for the indicator; they do not show it by themselves.', width),
  ]);
}

/** `sc-28.1` of `sc-28.01_odp.02`. */
const controlOfParameter = (parameter: string): string | undefined => controlIdOf(parameter.replace(/_.*$/, ''));

const combination = {
  max: 'The largest value asked for wins; a larger one is tighter.',
  min: 'The smallest value asked for wins; a smaller one is tighter.',
  all: 'It is on as soon as one requirement asks for it.',
  union: 'Everything any requirement lists is needed; more is tighter.',
  intersection: 'Only what all requirements allow is left; less is tighter.',
  equal: 'All requirements must ask for the same value.',
};

/** What a setting does, how its value comes about, and who asks for what. */
export function explainSetting(id: string, base: ControlBase, options: ExplainOptions): string {
  const { palette, width, baseline } = options;
  const demands = base.requirements.flatMap((requirement) => {
    const demand = Object.hasOwn(requirement.settings, id) ? requirement.settings[id] : undefined;
    return demand ? [{ requirement, demand }] : [];
  });
  const [first] = demands;
  if (!first) return '';
  const { demand } = first;
  const accepted = [
    ...(demand.range ? [`  ${demand.range[0]} to ${demand.range[1]}`] : []),
    ...(demand.allowed ? wrap(demand.allowed.join(', '), width, '  ') : []),
  ];
  const asked = demands.flatMap(({ requirement, demand }) => [
    `  ${requirement.id} (${requirement.controls.map((mapping) => labelOf(mapping.id)).join(' ')})`,
    ...(baseline ? [baseline] : base.baselines).flatMap((each) => [
      `    ${each.id}: ${shown(asks(demand, each))}`,
      ...parameterLines(demand, each, width),
    ]),
  ]);
  return document([
    [palette.bold(id), ...wrap(demand.description, width)],
    section('How values combine', [`  ${combination[demand.combine]}`], palette),
    section('Values accepted', accepted, palette),
    section('Asked for by', asked, palette),
    wrap('Your own value goes under settings in rampart.yaml; it may be tighter, never looser.', width),
  ]);
}

function parameterLines({ parameter }: SettingDemand, { parameters }: Baseline, width: number): string[] {
  const values = parameter === undefined ? undefined : parameters[parameter];
  return values ? wrap(`${parameter}: “${values.map((each) => each.trim()).join('; ')}”`, width, '      ') : [];
}

const asks = (demand: SettingDemand, baseline: Baseline | undefined): SettingValue =>
  (baseline && demand.byBaseline?.[baseline.id]) ?? demand.default;

const shown = (value: SettingValue): string => (Array.isArray(value) ? `[${value.join(', ')}]` : String(value));

const section = (title: string, lines: readonly string[], palette: Palette): string[] =>
  lines.length === 0 ? [] : [palette.bold(title), ...lines];

const document = (parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
