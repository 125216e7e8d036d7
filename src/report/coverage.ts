import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import type { Control } from '#model/control.js';
import type { Palette } from './human.js';

/** What Rampart can say of one control. Both lists hold requirement ids, sorted; a requirement may be in both. */
export interface CoverageRow {
  control: Control;
  manifest: readonly string[];
  live: readonly string[];
}

export interface Coverage {
  baseline: string;
  rows: readonly CoverageRow[];
  /** How much that is, and what it does not mean. */
  sentence: string;
}

const padded = (id: string): string => id.replace(/\d+/g, (digits) => digits.padStart(3, '0'));

/** AC-2 before AC-10, as the catalog prints them. */
const byNumber = (left: string, right: string): number => (padded(left) < padded(right) ? -1 : 1);

/** Which controls of a baseline some requirement judges, in a manifest or in a live account. */
export function coverage(base: ControlBase, baseline: Baseline): Coverage {
  const titles = new Map(base.controls.map((control) => [control.id, control]));
  const rows = [...baseline.controls].sort(byNumber).map((id) => {
    const judging = base.requirements.filter(({ controls }) => controls.some((mapping) => mapping.id === id));
    const having = (test: (expect: (typeof judging)[number]['expect']) => boolean) =>
      judging
        .filter(({ expect }) => test(expect))
        .map((requirement) => requirement.id)
        .sort();
    return {
      control: titles.get(id) ?? { id, label: id.toUpperCase(), title: '' },
      manifest: having((expect) =>
        Object.entries(expect).some(([language, list]) => language !== 'live' && list.length > 0),
      ),
      live: having((expect) => (expect.live ?? []).length > 0),
    };
  });
  const judged = rows.filter(({ manifest, live }) => manifest.length + live.length > 0).length;
  const live = rows.filter((row) => row.live.length > 0).length;
  const sentence =
    `Rampart judges technical parts of ${judged} of the ${rows.length} controls of ${baseline.title} (${live} of them also or only in a live account). ` +
    `A requirement that passes supports its controls; it does not meet them by itself. Of the other ${rows.length - judged} Rampart says nothing: ` +
    'most are policies, procedures and the work of people.';
  return { baseline: baseline.id, rows, sentence };
}

/** The judged controls with their requirements, then the sentence; `all` lists the silent ones too. */
export function coverageText({ rows, sentence }: Coverage, palette: Palette, all: boolean): string {
  const lines = rows
    .filter(({ manifest, live }) => all || manifest.length + live.length > 0)
    .flatMap(({ control, manifest, live }) => [
      `${palette.bold(control.label.padEnd(9))} ${control.title}`,
      ...(manifest.length > 0 ? [`          manifest: ${manifest.join(', ')}`] : []),
      ...(live.length > 0 ? [`          live: ${live.join(', ')}`] : []),
      ...(manifest.length + live.length === 0 ? [palette.dim('          nothing judges it')] : []),
    ]);
  return `${[...lines, '', sentence].join('\n')}\n`;
}
