import { type Verdict, verdicts } from '#model/verdict.js';
import { compare, type Judged } from '../oscal/assessment.js';
import { markup } from '../oscal/text.js';

/** What one requirement came to in all places some findings speak of. */
export interface Tally {
  requirement: string;
  title: string;
  counts: Readonly<Partial<Record<Verdict, number>>>;
  judged: number;
}

export type Status = 'Not Implemented' | 'Partially Implemented';

/** One row per requirement, in order of id. */
export function talliesOf(judged: readonly Judged[]): Tally[] {
  const rows = new Map<string, { title: string; counts: Partial<Record<Verdict, number>>; judged: number }>();
  for (const { finding } of judged) {
    let row = rows.get(finding.requirement);
    if (row === undefined) {
      row = { title: finding.title, counts: {}, judged: 0 };
      rows.set(finding.requirement, row);
    }
    row.counts[finding.verdict] = (row.counts[finding.verdict] ?? 0) + 1;
    row.judged += 1;
  }
  return [...rows]
    .map(([requirement, row]) => ({ requirement, ...row }))
    .sort((left, right) => compare(left.requirement, right.requirement));
}

/** `2 fail, 1 unknown, 8 pass` */
export function countsText(judged: readonly Judged[] | Tally): string {
  const counts = 'counts' in judged ? judged.counts : countsOf(judged);
  return verdicts
    .filter((verdict) => counts[verdict])
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ');
}

function countsOf(judged: readonly Judged[]): Partial<Record<Verdict, number>> {
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { finding } of judged) counts[finding.verdict] = (counts[finding.verdict] ?? 0) + 1;
  return counts;
}

/** `` `kms-key-rotation` (Customer-managed keys rotate) `` */
export const nameOf = ({ requirement, title }: Tally): string => `\`${markup(requirement)}\` (${markup(title)})`;

/**
 * A status is stated only where it is known: something that is not met shows that the whole is not. It is never `Implemented`,
 * since what Rampart judges only supports a control or an indicator; and where nothing was found to be wrong, or nothing could be
 * decided, whether the rest is there is for people to say.
 */
export function statusOf(judged: readonly Judged[]): Status | undefined {
  const has = (...wanted: readonly Verdict[]): boolean =>
    judged.some(({ finding }) => wanted.includes(finding.verdict));
  if (!has('fail', 'waived')) return undefined;
  return has('pass') ? 'Partially Implemented' : 'Not Implemented';
}
