import { type Verdict, verdicts } from '#model/verdict.js';
import { type Assessment, compare, type Judged } from '../oscal/assessment.js';
import { markup } from '../oscal/text.js';

/** What one requirement came to in all places some findings speak of. */
export interface Tally {
  requirement: string;
  title: string;
  counts: Readonly<Partial<Record<Verdict, number>>>;
  judged: number;
  /** How many of them are not met, as far as that is known: what failed, and what was waived though it was shown to be wrong. */
  wrong: number;
  /** How many of them rest on the live account. */
  live: number;
  /** File → lines of it they point at. */
  lines: ReadonlyMap<string, ReadonlySet<number>>;
}

export type Status = 'Not Implemented' | 'Partially Implemented';

/**
 * Control id → what was judged in its support, leaving out what does not apply. Findings are counted once, by requirement, and a
 * requirement supports the same controls wherever it is judged: controls and indicators are told of some hundred rows, each of them
 * of some twenty, and not of every finding anew.
 */
export function talliesByControl({ judged }: Assessment): ReadonlyMap<string, readonly Tally[]> {
  const rows = new Map<string, { controls: ReadonlySet<string>; judged: Judged[] }>();
  for (const one of judged) {
    if (one.finding.verdict === 'not-applicable') continue;
    const controls = one.finding.controls.map(({ id }) => id);
    const key = [one.finding.requirement, ...controls].join(' ');
    const row = rows.get(key);
    if (row) row.judged.push(one);
    else rows.set(key, { controls: new Set(controls), judged: [one] });
  }
  const found = new Map<string, Tally[]>();
  for (const row of rows.values()) {
    const tally = tallyOf(row.judged as [Judged, ...Judged[]]);
    for (const control of row.controls) {
      const own = found.get(control);
      if (own) own.push(tally);
      else found.set(control, [tally]);
    }
  }
  return found;
}

function tallyOf(judged: readonly [Judged, ...Judged[]]): Tally {
  const { requirement, title } = judged[0].finding;
  const counts: Partial<Record<Verdict, number>> = {};
  const lines = new Map<string, Set<number>>();
  for (const { finding, places } of judged) {
    counts[finding.verdict] = (counts[finding.verdict] ?? 0) + 1;
    for (const { file, line } of places) {
      const own = lines.get(file);
      if (own) own.add(line);
      else lines.set(file, new Set([line]));
    }
  }
  return {
    requirement,
    title,
    counts,
    judged: judged.length,
    wrong: judged.filter(isWrong).length,
    live: judged.filter(isLive).length,
    lines,
  };
}

const isLive = ({ finding }: Judged): boolean => finding.position === undefined && finding.type !== 'system';

const isWrong = ({ finding: { verdict, undecided } }: Judged): boolean =>
  verdict === 'fail' || (verdict === 'waived' && !undecided);

/** One row per requirement, in order of id. */
export function rowsOf(tallies: Iterable<Tally>): Tally[] {
  const rows = new Map<string, Tally>();
  for (const tally of new Set(tallies)) {
    const other = rows.get(tally.requirement);
    rows.set(tally.requirement, other ? together(other, tally) : tally);
  }
  return [...rows.values()].sort((left, right) => compare(left.requirement, right.requirement));
}

const together = (one: Tally, other: Tally): Tally => ({
  ...one,
  counts: countsOf([one, other]),
  judged: one.judged + other.judged,
  wrong: one.wrong + other.wrong,
  live: one.live + other.live,
  lines: linesOf([one, other]),
});

function countsOf(tallies: readonly Tally[]): Partial<Record<Verdict, number>> {
  const sum: Partial<Record<Verdict, number>> = {};
  for (const { counts } of tallies) {
    for (const verdict of verdicts) {
      const count = counts[verdict];
      if (count) sum[verdict] = (sum[verdict] ?? 0) + count;
    }
  }
  return sum;
}

/** File → lines of it that judgements point at. */
export function linesOf(tallies: readonly Tally[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const { lines } of tallies) {
    for (const [file, own] of lines) {
      const all = found.get(file);
      if (all === undefined) found.set(file, new Set(own));
      else for (const line of own) all.add(line);
    }
  }
  return found;
}

/** `2 fail, 1 unknown, 8 pass` */
export function countsText(tallies: readonly Tally[]): string {
  const counts = countsOf(tallies);
  return verdicts
    .filter((verdict) => counts[verdict])
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ');
}

/** `` `kms-key-rotation` (Customer-managed keys rotate) `` */
export const nameOf = ({ requirement, title }: Tally): string => `\`${markup(requirement)}\` (${markup(title)})`;

/**
 * A status is stated only where it is known: something that is not met shows that the whole is not. It is never `Implemented`,
 * since what Rampart judges only supports a control or an indicator; and where nothing was found to be wrong, or nothing could be
 * decided, whether the rest is there is for people to say.
 */
export function statusOf(tallies: readonly Tally[]): Status | undefined {
  if (tallies.every(({ wrong }) => wrong === 0)) return undefined;
  return tallies.some(({ counts }) => counts.pass) ? 'Partially Implemented' : 'Not Implemented';
}
