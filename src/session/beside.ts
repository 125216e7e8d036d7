import type { Result } from '#model/result.js';
import { noticesOf, noticeText } from '#report/notice.js';
import { countsText } from '#report/said.js';

/** What people must know of a run beside its findings and what it did not look at: waivers with a fault, and what was let by. */
export const besideOf = (result: Result): string[] =>
  noticesOf(result)
    .filter(({ kind }) => kind === 'waiver' || kind === 'policy')
    .map(noticeText);

/** That, after what was counted where not everything passes: what the one word of a verdict leaves out. */
export function besideVerdict(result: Result): string[] {
  const isWhole = result.findings.every(({ verdict }) => verdict === 'pass' || verdict === 'not-applicable');
  return [...(isWhole ? [] : [`what the gate counted: ${countsText(result)}`]), ...besideOf(result)];
}
