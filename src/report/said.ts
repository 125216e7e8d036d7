import { blocks, type Finding } from '#model/finding.js';
import type { Tolerance } from '#model/gate.js';
import type { Position } from '#model/position.js';
import { type Result, summarize } from '#model/result.js';
import { severities } from '#model/severity.js';
import { isBlocking } from '#model/verdict.js';
import type { UnusedWaiver, Waiver } from '#model/waiver.js';

const tolerances: Readonly<Record<Tolerance, string>> = {
  'fail-on': 'only warned of: below the threshold',
  unknown: 'only warned of: unknown is not a pass',
  'baseline-file': 'accepted in the baseline file',
};

/** Why a finding does not block though its verdict could; nothing for one that does. */
export const toleranceText = ({ toleratedBy }: Finding): string => (toleratedBy ? ` (${tolerances[toleratedBy]})` : '');

/** What was found, with the branch it was found in, and why it does not block where it does not. */
export const reasonOf = (finding: Finding): string =>
  `${finding.reason}${finding.branch ? ` ${finding.branch}` : ''}${toleranceText(finding)}`;

/** `waived until 2027-01-31 by A. Person: the reason`. */
export const waiverText = ({ expires, approver, reason, ticket }: Waiver): string =>
  `waived until ${expires} by ${approver}: ${reason}${ticket ? ` (${ticket})` : ''}`;

export const unusedText = ({ waiver, why }: UnusedWaiver): string =>
  `The waiver of ${waiver.requirement} on ${waiver.resource} ${why}. Remove it when no other manifest needs it.`;

/** Findings people have to know of, in the order of the result: what blocks, and what is waived. */
export const shownOf = ({ findings }: Result): Finding[] =>
  findings.filter(({ verdict }) => isBlocking(verdict) || verdict === 'waived');

/** Whether reports to be read tell of a finding without being asked: those, and what is said to be provided elsewhere. */
export const isTold = ({ verdict, inherited }: Finding): boolean =>
  isBlocking(verdict) || verdict === 'waived' || inherited !== undefined;

/** What a finding is called: a statement in place of a judgement, or what was accepted, is not called by its verdict. */
export const nameOf = ({ verdict, inherited, toleratedBy }: Finding): string =>
  toleratedBy === 'baseline-file' ? 'accepted' : inherited && verdict === 'not-applicable' ? 'inherited' : verdict;

/** What blocks before what does not, then the severest. */
export const rankOf = (finding: Finding): number =>
  (blocks(finding) ? 0 : isBlocking(finding.verdict) ? 50 : 100) + severities.indexOf(finding.severity);

/** What a run came to, in a word; every format that says one says this. A file that was not read is never passed over. */
export function outcomeOf(
  result: Result,
): 'not all read' | 'blocked' | 'passed' | 'passed with warnings' | 'nothing judged' {
  if (result.files.some(({ status }) => status === 'not-readable')) return 'not all read';
  if (result.findings.some(blocks) || (result.waiverProblems ?? []).length > 0) return 'blocked';
  if (result.findings.every(({ verdict }) => verdict === 'not-applicable')) return 'nothing judged';
  return result.findings.some(({ toleratedBy }) => toleratedBy) ? 'passed with warnings' : 'passed';
}

/** `4 fail · 1 unknown · 0 error · 1 waived · 9 pass`. */
export function countsText(result: Result): string {
  const counts = summarize(result.findings);
  const parts: string[] = (['fail', 'unknown', 'error', 'waived', 'pass'] as const).map(
    (name) => `${counts[name]} ${name}`,
  );
  const inherited = result.findings.filter((finding) => nameOf(finding) === 'inherited').length;
  if (inherited > 0) parts.push(`${inherited} inherited`);
  const unread = result.files.filter(({ status }) => status === 'not-readable').length;
  if (unread > 0) parts.push(`${unread} ${unread === 1 ? 'file' : 'files'} not read`);
  return [parts.join(' · '), ...letBy(result)].join('; ');
}

/** What does not block though it is no pass: no format may say that a run passed without it. */
function letBy({ gate }: Result): string[] {
  const { fail = 0, unknown = 0, accepted = 0 } = gate?.warned ?? {};
  const parts = [
    ...(unknown > 0 ? [`${unknown} unknown only warned of`] : []),
    ...(fail > 0 ? [`${fail} fail below the threshold`] : []),
    ...(accepted > 0 ? [`${accepted} accepted in the baseline file`] : []),
  ];
  return parts.length > 0 ? [parts.join(', ')] : [];
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

/** What the state of a control is called: one all of whose checks pass is supported in part, and is not what passed. */
export const controlWord = (state: string): string => (state === 'pass' ? 'supported' : state);
