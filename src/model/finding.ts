import type { Tolerance } from './gate.js';
import type { Inherited } from './inherited.js';
import type { Position } from './position.js';
import type { Mapping } from './requirement.js';
import type { Severity } from './severity.js';
import { isBlocking, type Verdict } from './verdict.js';
import type { Waiver } from './waiver.js';

/** What one requirement said about one resource (or one live observation, or the system as a whole). */
export interface Finding {
  requirement: string;
  title: string;
  severity: Severity;
  /** Cut down to the baseline judged against. */
  controls: readonly Mapping[];
  /** Address of the resource in its manifest, ARN of a live one, or the system id. */
  resource: string;
  /** Path of the construct that made the resource, where it was made by a program. */
  construct?: string;
  /** Resource type in the manifest's language, probe name for a live one, `system` for a missing resource. */
  type: string;
  verdict: Verdict;
  /** One sentence: what was found; for `unknown`, which input would settle it. */
  reason: string;
  /** The condition branch the verdict stands on, when there are several: `when UseKms is "false"`. */
  branch?: string;
  /** Where to look. Absent only for live findings and missing resources. */
  position?: Position;
  /** For a pass: every place the verdict rests on. */
  evidence?: readonly Position[];
  remediation: string;
  /** The lines it points at may hold a secret: no report shows them. */
  sensitive?: true;
  waiver?: Waiver;
  /** Of what is waived: it could not be decided; nothing was shown to be wrong. */
  undecided?: true;
  /** Of something that is missing: the statement that somebody else provides it. */
  inherited?: Inherited;
  /** Why it does not block this run though its verdict could. */
  toleratedBy?: Tolerance;
}

/** Whether it was decided, one way or the other: of a live resource nothing else shows that anybody saw it. */
export const isDecided = ({ verdict, undecided }: Pick<Finding, 'verdict' | 'undecided'>): boolean =>
  verdict !== 'unknown' && verdict !== 'error' && !undecided;

/** What is wrong where findings of one requirement are open, or a waiver holds: its title says what is wanted. */
export function weaknessOf(
  findings: readonly Pick<Finding, 'verdict' | 'title' | 'undecided'>[],
  open: boolean,
  write = (text: string): string => text,
): string {
  const isUndecided = !findings.some(isDecided);
  const what = isUndecided ? 'Not shown to be met' : 'Not met';
  return `${what}${open ? '' : ', deviation accepted'}: ${write(findings[0]?.title ?? '')}`;
}

/** As many different sentences as somebody reads before looking at the findings themselves. */
const mostReasons = 20;

/** What findings say of their resources in one text: each sentence once, and of several how many resources it is true of. */
export function reasonsOf(
  findings: readonly Pick<Finding, 'reason' | 'branch'>[],
  write = (text: string): string => text,
): string {
  const all = counted(findings.map(({ reason, branch }) => write(branch ? `${reason} ${branch}` : reason)));
  const more = all.length - mostReasons;
  return [...all.slice(0, mostReasons), ...(more > 0 ? [`and ${more} other reasons`] : [])].join('; ');
}

/** Each sentence once, the commonest first, and of different ones how many say it. */
export function counted(sentences: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const sentence of sentences) counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  if (sentences.length < 2 || counts.size === 1) return [...counts.keys()];
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([sentence, count]) => `${sentence} (${count} of ${sentences.length})`);
}

/** Whether a finding keeps the run from passing. */
export const blocks = ({ verdict, toleratedBy }: Finding): boolean => isBlocking(verdict) && toleratedBy === undefined;
