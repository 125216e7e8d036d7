import type { Finding } from '#model/finding.js';
import type { Position } from '#model/position.js';
import { type Result, summarize } from '#model/result.js';
import { severities } from '#model/severity.js';
import { isBlocking } from '#model/verdict.js';
import type { UnusedWaiver, Waiver } from '#model/waiver.js';

/** What was found, with the branch it was found in. */
export const reasonOf = ({ reason, branch }: Finding): string => (branch ? `${reason} ${branch}` : reason);

/** `waived until 2027-01-31 by A. Person: the reason`. */
export const waiverText = ({ expires, approver, reason, ticket }: Waiver): string =>
  `waived until ${expires} by ${approver}: ${reason}${ticket ? ` (${ticket})` : ''}`;

export const unusedText = ({ waiver, why }: UnusedWaiver): string =>
  `The waiver of ${waiver.requirement} on ${waiver.resource} ${why}. Remove it when no other manifest needs it.`;

/** Findings people have to know of, in the order of the result: what blocks, and what is waived. */
export const shownOf = ({ findings }: Result): Finding[] =>
  findings.filter(({ verdict }) => isBlocking(verdict) || verdict === 'waived');

/** What blocks before what does not, then the severest. */
export const rankOf = ({ verdict, severity }: Finding): number =>
  (isBlocking(verdict) ? 0 : 100) + severities.indexOf(severity);

/** What a run came to, in a word; every format that says one says this. A file that was not read is never passed over. */
export function outcomeOf(result: Result): 'not all read' | 'blocked' | 'passed' | 'nothing judged' {
  if (result.files.some(({ status }) => status === 'not-readable')) return 'not all read';
  if (result.findings.some(({ verdict }) => isBlocking(verdict))) return 'blocked';
  return result.findings.length > 0 ? 'passed' : 'nothing judged';
}

/** `4 fail · 1 unknown · 0 error · 1 waived · 9 pass`. */
export function countsText({ findings }: Result): string {
  const counts = summarize(findings);
  return (['fail', 'unknown', 'error', 'waived', 'pass'] as const).map((name) => `${counts[name]} ${name}`).join(' · ');
}

/** The worst first; those that are alike stay in order. */
export const worstFirst = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((left, right) => rankOf(left) - rankOf(right));

/** Where a format that needs a place puts a finding that has none: the first file that was judged. */
export function placeOf({ position }: Finding, { files }: Result): Position | undefined {
  if (position) return position;
  const file = files.find(({ status }) => status === 'judged')?.file;
  return file === undefined ? undefined : { file, line: 1, column: 1 };
}

/** A file as forges spell it: they find none whose path begins with `./`. */
export const pathOf = (file: string): string => file.replaceAll('\\', '/').replace(/^(?:\.\/)+(?=.)/, '');
