import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import type { Control } from '#model/control.js';
import { byNumber, labelOf } from '#model/control.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import { natureOf } from '#model/nature.js';
import type { Palette } from './palette.js';
import { csv, markdown } from './table-text.js';

/** What Rampart can say of one control or indicator. Lists hold requirement ids, sorted; a requirement may be in several. */
export interface CoverageRow {
  control: Pick<Control, 'id' | 'label' | 'title'>;
  judged: 'manifest' | 'live' | 'manifest and live' | 'outside';
  /** Manifest languages in which something of it is judged, sorted. */
  languages: readonly string[];
  manifest: readonly string[];
  live: readonly string[];
  /** Why nothing is judged, or what the judging leaves open. */
  reason: string;
}

export interface Coverage {
  baseline: string;
  /** What this stands on: the control data's digest and the baseline's source. */
  controlData: string;
  source: string;
  rows: readonly CoverageRow[];
  /** Key Security Indicators of a FedRAMP class. */
  indicators: readonly CoverageRow[];
  /** How much that is, and what it does not mean. */
  sentence: string;
}

const partly = 'technical parts only: people, procedures and everything else it asks for are not judged';

/** Which controls of a baseline some requirement judges, in a manifest or in a live account, and why not the others. */
export function coverage(base: ControlBase, baseline: Baseline): Coverage {
  const titles = new Map(base.controls.map((control) => [control.id, control]));
  const rows = [...baseline.controls]
    .sort(byNumber)
    .map((id) =>
      rowOf(
        titles.get(id) ?? { id, label: labelOf(id), title: '' },
        [id],
        base,
        () => natureOf(id, base.natures).words,
      ),
    );
  const { indicators: shown = {} } = baseline;
  const indicators = judgedIndicators(base.rules)
    .filter(({ id }) => Object.hasOwn(shown, id))
    .map(({ id, name, controls }) =>
      rowOf({ id, label: id, title: name }, controls, base, () =>
        controls.length === 0
          ? 'the rules relate it to no control'
          : 'no requirement speaks of the controls the rules relate it to',
      ),
    );
  const judged = rows.filter((row) => row.judged !== 'outside').length;
  const live = rows.filter((row) => row.live.length > 0).length;
  const ofIndicators =
    indicators.length === 0
      ? ''
      : ` Of ${indicators.length} indicators it judges parts of the controls of ${indicators.filter((row) => row.judged !== 'outside').length}.`;
  const sentence =
    `Rampart judges technical parts of ${judged} of the ${rows.length} controls of ${baseline.title} (${live} of them also or only in a live account). ` +
    `A requirement that passes supports its controls; it does not meet them by itself. Of the other ${rows.length - judged} Rampart says nothing: ` +
    `most are policies, procedures and the work of people.${ofIndicators}`;
  const source = `${baseline.source} (${baseline.date})`;
  return { baseline: baseline.id, controlData: base.digest, source, rows, indicators, sentence };
}

function rowOf(
  control: CoverageRow['control'],
  controls: readonly string[],
  { requirements }: Pick<ControlBase, 'requirements'>,
  whyNot: () => string,
): CoverageRow {
  const judging = requirements.filter((each) => each.controls.some((mapping) => controls.includes(mapping.id)));
  const languages = new Set<string>();
  const manifest: string[] = [];
  const live: string[] = [];
  for (const { id, expect } of judging) {
    const spoken = Object.entries(expect).filter(([language, list]) => language !== 'live' && list.length > 0);
    for (const [language] of spoken) languages.add(language);
    if (spoken.length > 0) manifest.push(id);
    if ((expect.live ?? []).length > 0) live.push(id);
  }
  const ways = [...(manifest.length > 0 ? ['manifest'] : []), ...(live.length > 0 ? ['live'] : [])];
  const judged = (ways.join(' and ') || 'outside') as CoverageRow['judged'];
  return {
    control,
    judged,
    languages: [...languages].sort(),
    manifest: manifest.sort(),
    live: live.sort(),
    reason: judged === 'outside' ? whyNot() : partly,
  };
}

/** The judged controls with their requirements, then the sentence; `all` lists the silent ones too. */
export function coverageText({ rows, indicators, sentence }: Coverage, palette: Palette, all: boolean): string {
  const shown = (row: CoverageRow): boolean => all || row.judged !== 'outside';
  const lines = rows.filter(shown).flatMap((row) => textOf(row, palette, 9));
  const ofIndicators = indicators.filter(shown).flatMap((row) => textOf(row, palette, 12));
  return `${[...lines, ...(ofIndicators.length > 0 ? ['', ...ofIndicators] : []), '', sentence].join('\n')}\n`;
}

function textOf(
  { control, languages, manifest, live, judged, reason }: CoverageRow,
  palette: Palette,
  width: number,
): string[] {
  const indent = ' '.repeat(10);
  return [
    `${palette.bold(control.label.padEnd(width))} ${control.title}`,
    ...(manifest.length > 0 ? [`${indent}${languages.join(', ')}: ${manifest.join(', ')}`] : []),
    ...(live.length > 0 ? [`${indent}live: ${live.join(', ')}`] : []),
    ...(judged === 'outside' ? [palette.dim(`${indent}outside: ${reason}`)] : []),
  ];
}

const table = ({ rows, indicators }: Coverage): string[][] => [
  [
    'Control',
    'Title',
    'Judged by',
    'Languages',
    'Requirements on manifests',
    'Requirements on the live account',
    'Reason',
  ],
  ...[...rows, ...indicators].map(({ control, judged, languages, manifest, live, reason }) => [
    control.label,
    control.title,
    judged,
    languages.join(' '),
    manifest.join(' '),
    live.join(' '),
    reason,
  ]),
];

export const coverageCsv = (coverage: Coverage): string => csv(table(coverage));

export const coverageMarkdown = (coverage: Coverage): string =>
  `# Coverage of ${coverage.baseline}\n\n${coverage.sentence}\n\nSource: ${coverage.source}\n\n${markdown(table(coverage))}`;
