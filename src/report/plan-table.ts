import Table from 'cli-table3';
import { labelOf } from '#model/control.js';
import type { EndpointRecord, ModelRecords } from '#model/model-record.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import type { Because, Setting, SettingValue } from '#model/setting.js';
import { severities } from '#model/severity.js';
import type { Palette } from './palette.js';
import { wrap } from './wrap.js';

export interface PlanTextOptions {
  /** Columns of the terminal; lines stay within it where words allow. */
  width: number;
  palette: Palette;
  /** What is on record of the models, where it is to be told. */
  records?: ModelRecords;
}

const narrowest = 60;
const widest = 140;

/** A plan for people: per endpoint the settings with their reasons, and the requirements that apply. */
export function planText(plan: Plan, options: PlanTextOptions): string {
  const { palette } = options;
  const { system } = plan;
  const head = [
    palette.bold(`${system.name} (${system.id})`),
    `Baseline ${plan.baseline} · ${system.boundary.partition}, ${system.boundary.regions.join(', ')}`,
  ];
  const recorded = new Map(options.records?.endpoints.map((record) => [record.endpoint, record]));
  const parts = plan.endpoints.map((planned) => endpointText(planned, options, recorded.get(planned.endpoint.name)));
  const stoodOn = palette.dim(`Stands on:\n${plan.stoodOn.map((source) => `  ${source}`).join('\n')}`);
  const own = plan.endpoints.some(({ requirements }) =>
    requirements.some(({ controls }) => controls.some(({ basis }) => basis === 'own')),
  );
  const note = own
    ? [palette.dim('* this mapping of requirement to control is Rampart’s own, not a publication’s')]
    : [];
  return `${[...head, '', ...parts, ...note, stoodOn].join('\n')}\n`;
}

function endpointText(
  { endpoint, settings, requirements, limits = [] }: EndpointPlan,
  { width, palette }: PlanTextOptions,
  record: EndpointRecord | undefined,
): string {
  const counts = severities
    .map((severity) => ({ severity, count: requirements.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  const rows = settings.map((setting) => [setting.id, valueText(setting.value), because(setting)]);
  const obligations = requirements.map(({ id, severity, controls }) => [
    id,
    severity,
    controls.map((mapping) => `${labelOf(mapping.id)}${mapping.basis === 'own' ? '*' : ''}`).join(' '),
  ]);
  return [
    palette.bold(`${endpoint.name}: ${endpoint.kind}, ${endpoint.model}, ${endpoint.region}`),
    ...(limits.length > 0
      ? [
          'What no setting can give it:',
          ...limits.flatMap((limit) => wrap(`- ${limit}`, Math.max(width, narrowest), '  ')),
        ]
      : []),
    rows.length === 0 ? 'No settings.' : table(['Setting', 'Value', 'Because'], rows, width, palette),
    `${requirements.length === 1 ? '1 requirement applies' : `${requirements.length} requirements apply`}: ${counts.join(', ')}`,
    table(['Requirement', 'Severity', 'Controls'], obligations, width, palette, withoutRules),
    ...(record ? [recordText(record)] : []),
    '',
  ].join('\n');
}

const recordText = ({ rows, gaps }: EndpointRecord): string =>
  gaps.length === 0
    ? `Model record: all ${rows.length} fields are known.`
    : `Model record: ${gaps.length} of ${rows.length} fields are missing; evidence names each.`;

const valueText = (value: SettingValue): string => (Array.isArray(value) ? value.join(', ') : String(value));

/** The reasons, tersely: the requirements that ask for the value, what the baseline fixes, what the user tightened. */
function because({ because: reasons }: Setting): string {
  return reasons.map(reasonText).join('\n');
}

function reasonText(reason: Because): string {
  if (reason.kind === 'user') return `you: ${valueText(reason.value)}`;
  if (reason.kind === 'parameter') return `${reason.parameter}: “${reason.text}”`;
  if (reason.kind === 'rule') return `${reason.rule}, ${reason.text}`;
  if (reason.kind === 'profile') return `profile ${reason.profile}, ${reason.text}: ${valueText(reason.value)}`;
  return `${reason.requirement} (${reason.controls.map(labelOf).join(' ')}): ${valueText(reason.value)}`;
}

/** No line between rows: half the height. */
const withoutRules = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** Three columns: the first two as wide as they need up to a share of the width, the last gets the rest. */
function table(head: string[], rows: string[][], width: number, palette: Palette, chars = {}): string {
  const total = Math.min(Math.max(width, narrowest), widest);
  const need = (column: number) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)) + 2;
  const one = Math.min(need(0), Math.floor(total * 0.4));
  const two = Math.min(need(1), Math.floor(total * 0.25));
  const three = Math.min(need(2), total - one - two - 4);
  const made = new Table({
    head: head.map((text) => palette.bold(text)),
    colWidths: [one, two, three],
    chars,
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [] },
  });
  made.push(...rows.map((row) => row.map((text, column) => breakLong(text, [one, two, three][column] ?? three))));
  return made.toString();
}

/** Breaks words too long for their column after a dot, dash or slash where there is one, since the table would cut them off. */
function breakLong(text: string, columnWidth: number): string {
  const room = columnWidth - 2;
  const broken = (word: string): string => {
    if (word.length <= room) return word;
    const at = Math.max(...['.', '-', '/', ':'].map((mark) => word.lastIndexOf(mark, room - 1))) + 1;
    const cut = at > room / 3 ? at : room;
    return `${word.slice(0, cut)}\n${broken(word.slice(cut))}`;
  };
  return text.replace(/\S+/g, broken);
}
