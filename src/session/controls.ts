import { terminal } from '#io/environment.js';
import { byNumber, familyOf } from '#model/control.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import { baselineOf, loadBase } from './load.js';
import { paletteFor } from './palette.js';

interface ListFlags {
  baseline: string;
  json: boolean;
  family?: string | undefined;
  controls?: readonly string[] | undefined;
}

/** The controls of a baseline, with the number of requirements that support each. */
export async function listControls({ baseline: id, json, family, controls: own }: ListFlags): Promise<string> {
  const base = await loadBase(own);
  const baseline = baselineOf(base, id);
  const controls = new Map(base.controls.map((control) => [control.id, control]));
  const selected = baseline.controls
    .filter((control) => !family || familyOf(control) === family.toLowerCase())
    .sort(byNumber);
  const rows = selected.map((control) => ({
    id: control,
    label: controls.get(control)?.label ?? control,
    title: controls.get(control)?.title ?? '',
    requirements: base.requirements
      .filter((each) => each.controls.some((mapping) => mapping.id === control))
      .map((each) => each.id),
  }));
  if (json)
    return JSON.stringify({ baseline: id, source: baseline.source, date: baseline.date, controls: rows }, null, 2);
  const { bold, dim } = await paletteFor(terminal().colour);
  const lines = rows.map(
    ({ label, title, requirements }) =>
      `${bold(label.padEnd(10))} ${title}${requirements.length > 0 ? dim(`  ${requirements.length} ${requirements.length === 1 ? 'requirement' : 'requirements'}`) : ''}`,
  );
  return [...lines, '', `${rows.length} controls of ${baseline.title} (${baseline.source}, ${baseline.date})`].join(
    '\n',
  );
}

/** The Key Security Indicators a class has to show, with the requirements that speak of their controls. */
export async function listIndicators({ baseline: id, json, controls: own }: ListFlags): Promise<string> {
  const base = await loadBase(own);
  const { indicators = {}, title } = baselineOf(base, id);
  const rows = judgedIndicators(base.rules)
    .filter((indicator) => Object.hasOwn(indicators, indicator.id))
    .map((indicator) => ({
      ...indicator,
      force: indicators[indicator.id],
      requirements: base.requirements
        .filter((each) => each.controls.some((mapping) => indicator.controls.includes(mapping.id)))
        .map((each) => each.id),
    }));
  const { version, source, date } = base.rules;
  if (json) return JSON.stringify({ baseline: id, version, source, date, indicators: rows }, null, 2);
  const { bold, dim } = await paletteFor(terminal().colour);
  const lines = rows.map(
    (each) =>
      `${bold(each.id.padEnd(12))} ${each.name}${each.force === 'optional' ? ' (optional)' : ''}${dim(`  ${each.theme}`)}`,
  );
  return [...lines, '', `${rows.length} indicators of ${title} (Consolidated Rules ${version}, ${date})`].join('\n');
}

/** Rampart's own requirements that support a baseline. */
export async function listRequirements({ baseline: id, json }: ListFlags): Promise<string> {
  const base = await loadBase();
  const selected = new Set(baselineOf(base, id).controls);
  const rows = base.requirements
    .map((each) => ({ ...each, controls: each.controls.filter((mapping) => selected.has(mapping.id)) }))
    .filter((each) => each.controls.length > 0);
  if (json) return JSON.stringify({ baseline: id, requirements: rows }, null, 2);
  const { bold, dim } = await paletteFor(terminal().colour);
  const lines = rows.map(
    ({ id, category, severity, title }) =>
      `${bold(id.padEnd(32))} ${dim(`${category}, ${severity}`.padEnd(24))} ${title}`,
  );
  return [...lines, '', `${rows.length} requirements support ${baselineOf(base, id).title}`].join('\n');
}

export type TableFormat = 'human' | 'json' | 'csv' | 'markdown';

/** What Rampart judges of a baseline, and how. */
export async function coverageOf(flags: {
  baseline: string;
  format: TableFormat;
  all: boolean;
  controls?: readonly string[] | undefined;
  requirements?: readonly string[] | undefined;
}): Promise<string> {
  const { coverage, coverageCsv, coverageMarkdown, coverageText } = await import('#report/coverage.js');
  const base = await loadBase(flags.controls, flags.requirements);
  const covered = coverage(base, baselineOf(base, flags.baseline));
  switch (flags.format) {
    case 'json':
      return JSON.stringify(covered, null, 2);
    case 'csv':
      return coverageCsv(covered);
    case 'markdown':
      return coverageMarkdown(covered);
    default:
      return coverageText(covered, await paletteFor(terminal().colour), flags.all);
  }
}

/** What differs between two baselines or rule files. */
export async function differenceText(from: string, to: string, json: boolean): Promise<string> {
  const [{ compareControls }, { controlsDiffText }] = await Promise.all([
    import('./control-data.js'),
    import('#report/controls-diff.js'),
  ]);
  const diff = await compareControls(from, to, await loadBase());
  return json ? JSON.stringify(diff, null, 2) : controlsDiffText(diff, await paletteFor(terminal().colour));
}

/** The matrix of threats and requirements. */
export async function threats(format: TableFormat): Promise<string> {
  const { threatMatrix, threatsCsv, threatsMarkdown, threatsText } = await import('#report/threats.js');
  const base = await loadBase();
  const rows = threatMatrix(base);
  if (format === 'json') return JSON.stringify({ controlData: base.digest, threats: rows }, null, 2);
  if (format === 'csv') return threatsCsv(rows);
  return format === 'markdown' ? threatsMarkdown(rows) : threatsText(rows, await paletteFor(terminal().colour));
}
