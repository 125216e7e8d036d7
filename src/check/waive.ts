import type { Finding } from '#model/finding.js';
import type { WaiverLimits } from '#model/gate.js';
import { isLiveProbe } from '#model/live-probe.js';
import { matchesPattern } from '#model/pattern.js';
import type { Severity } from '#model/severity.js';
import type { UnusedWaiver, Waiver, WaiverProblem } from '#model/waiver.js';
import { isPattern, plainPath } from './pattern.js';
import { inItself, problemOf } from './waiver-fault.js';

/** What waivers are judged by. */
export interface Waiving {
  /** `YYYY-MM-DD`. */
  day: string;
  limits: WaiverLimits;
  /** Severity of every requirement there is. */
  severities: ReadonlyMap<string, Severity>;
  /** Requirements this run judged by. */
  judged: ReadonlySet<string>;
  /** Files this run judged. */
  files: readonly string[];
  /** Whether this run judged all there is: a folder, or the manifests of a system. Some files may not need every waiver. */
  isWhole: boolean;
  /** The digest a waiver would pin of a finding; needed as soon as one pins any. */
  pinOf?: (finding: Finding) => string;
}

export interface Waived {
  findings: Finding[];
  problems: WaiverProblem[];
  unused: UnusedWaiver[];
}

/**
 * Findings with the waivers that hold put to them. A waived finding stays in every output. A waiver with a fault waives
 * nothing, and neither does any waiver a judgement that broke down. The order of the waivers makes no difference.
 */
export function waive(findings: readonly Finding[], waivers: readonly Waiver[], how: Waiving): Waived {
  if (waivers.length === 0) return { findings: [...findings], problems: [], unused: [] };
  const ordered = [...waivers].sort(longestFirst);
  const problems = new Map<Waiver, WaiverProblem>();
  const unused: UnusedWaiver[] = [];
  for (const waiver of ordered) {
    const named = findings.filter((finding) => isFor(waiver, finding));
    const matching = named.filter((finding) => !canBeWaived(finding) || isAsPinned(waiver, finding, how));
    const problem = inItself(waiver, how) ?? withItsFindings(waiver, matching, how);
    if (problem) problems.set(waiver, problem);
    else if (matching.some(canBeWaived)) continue;
    else if (matching.length < named.length) problems.set(waiver, changed(waiver));
    else {
      const why = whyNoFault(waiver, matching, how);
      if (why === undefined) problems.set(waiver, useless(waiver, matching.length > 0));
      else unused.push({ waiver, why });
    }
  }
  return {
    findings: findings.map((finding) => withWaiver(finding, ordered, problems, how)),
    problems: [...problems.values()],
    unused,
  };
}

export const canBeWaived = ({ verdict }: Finding): boolean => verdict === 'fail' || verdict === 'unknown';

/** The waiver that lasts longest speaks for a finding that several waive; then any order, so long as it is one. */
function longestFirst(left: Waiver, right: Waiver): number {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
  return left.expires === right.expires ? (a < b ? -1 : a > b ? 1 : 0) : left.expires > right.expires ? -1 : 1;
}

/** Whether a waiver speaks of a finding. What is missing from all manifests is in no file. */
export function isFor(waiver: Waiver, { requirement, resource, type, position }: Finding): boolean {
  return (
    waiver.requirement === requirement &&
    matchesPattern(waiver.resource, resource) &&
    (waiver.type === undefined || waiver.type === type) &&
    (waiver.file === undefined || (position !== undefined && isInFile(waiver.file, position.file)))
  );
}

/** Whether a finding is what a waiver was approved for, where it says so by a digest. */
const isAsPinned = ({ pin }: Waiver, finding: Finding, { pinOf }: Pick<Waiving, 'pinOf'>): boolean =>
  pin === undefined || (pinOf !== undefined && pin.includes(pinOf(finding)));

const isInFile = (pattern: string, file: string): boolean => matchesPattern(plainPath(pattern), plainPath(file));

function withItsFindings(waiver: Waiver, matching: readonly Finding[], { limits }: Waiving): WaiverProblem | undefined {
  const number = matching.filter(canBeWaived).length;
  if (number <= limits.mostFindings) return undefined;
  return problemOf(
    'too-broad',
    waiver,
    `stands for ${number} findings, more than the ${limits.mostFindings} one waiver may`,
    isPattern(waiver.resource)
      ? 'Name fewer resources.'
      : 'Say with file: which of the resources of that name is meant.',
  );
}

/** Why a waiver waives nothing although nothing is wrong with it; undefined when this run looked everywhere it points. */
function whyNoFault(
  waiver: Waiver,
  matching: readonly Finding[],
  { judged, files, isWhole }: Waiving,
): string | undefined {
  const { requirement, file } = waiver;
  if (matching.some(({ verdict }) => verdict === 'error'))
    return 'is for a judgement that broke down, which cannot be waived';
  if (matching.length === 0) {
    if (!judged.has(requirement)) return 'is for a requirement that this run did not judge';
    if (isForLive(waiver)) return 'is for the live account, which is not what this run looked at';
    if (file !== undefined && !files.some((each) => isInFile(file, each))) return 'is for files that were not judged';
  }
  if (isWhole || (file !== undefined && !isPattern(file))) return undefined;
  return matching.length > 0
    ? 'is not needed in the files that were judged'
    : 'matches no finding in the files that were judged, and may be for others';
}

/** No manifest calls a resource by its ARN, or its type by the name of a probe. */
const isForLive = ({ resource, type }: Waiver): boolean =>
  resource.startsWith('arn:') || (type !== undefined && isLiveProbe(type));

const other = 'was approved for another value than stands there now';

const changed = (waiver: Waiver): WaiverProblem =>
  problemOf(
    'changed',
    waiver,
    other,
    'Put back what was approved, or remove it and have what stands there now approved: rampart waiver add --pin.',
  );

const useless = (waiver: Waiver, hasMatch: boolean): WaiverProblem =>
  hasMatch
    ? problemOf('unused', waiver, 'is not needed: what it waives passes', 'Remove it.')
    : problemOf(
        'unmatched',
        waiver,
        'matches no finding of this run',
        waiver.file === undefined
          ? 'Correct or remove it, or say with file: in which files it holds.'
          : 'Correct or remove it.',
      );

function withWaiver(
  finding: Finding,
  waivers: readonly Waiver[],
  problems: ReadonlyMap<Waiver, WaiverProblem>,
  how: Pick<Waiving, 'pinOf'>,
): Finding {
  if (!canBeWaived(finding)) return finding;
  const matching = waivers.filter((waiver) => isFor(waiver, finding));
  const holding = matching.find((waiver) => !problems.has(waiver) && isAsPinned(waiver, finding, how));
  if (holding) {
    const undecided = finding.verdict === 'unknown' ? { undecided: true as const } : {};
    return { ...finding, verdict: 'waived', waiver: holding, ...undecided };
  }
  const [first] = matching;
  return first
    ? { ...finding, reason: `${finding.reason} (its waiver ${problems.get(first)?.why ?? other})` }
    : finding;
}
