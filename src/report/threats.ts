import type { ControlBase } from '#model/base.js';
import type { Palette } from './palette.js';
import { csv, markdown } from './table-text.js';

/** A threat with the requirements that answer it, by category. */
export interface ThreatRow {
  id: string;
  title: string;
  description: string;
  requirements: Readonly<Record<string, readonly string[]>>;
}

/** Which requirements answer which threat. */
export const threatMatrix = (base: Pick<ControlBase, 'threats' | 'requirements'>): ThreatRow[] =>
  base.threats.map((threat) => {
    const requirements: Record<string, string[]> = {};
    for (const { id, category, threats } of base.requirements) {
      if (!threats.includes(threat.id)) continue;
      requirements[category] = [...(requirements[category] ?? []), id];
    }
    return { ...threat, requirements };
  });

/** The matrix for people: each threat with its requirements under their categories. */
export function threatsText(rows: readonly ThreatRow[], { bold, dim }: Palette): string {
  const blocks = rows.map(({ id, title, description, requirements }) => {
    const count = Object.values(requirements).flat().length;
    const lines = Object.entries(requirements).map(([category, ids]) => `  ${category.padEnd(13)} ${ids.join(', ')}`);
    return [`${bold(title)}  ${dim(id)}`, description, ...lines, dim(`  ${count} requirements`)].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** One row for each threat, one column for each category with the number of requirements, then their ids. */
function table(rows: readonly ThreatRow[]): string[][] {
  const categories = [...new Set(rows.flatMap(({ requirements }) => Object.keys(requirements)))].sort();
  return [
    ['Threat', ...categories, 'Requirements'],
    ...rows.map(({ title, requirements }) => [
      title,
      ...categories.map((category) => String(requirements[category]?.length ?? 0)),
      Object.values(requirements).flat().sort().join(' '),
    ]),
  ];
}

export const threatsCsv = (rows: readonly ThreatRow[]): string => csv(table(rows));
export const threatsMarkdown = (rows: readonly ThreatRow[]): string => markdown(table(rows));
