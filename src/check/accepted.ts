import type { AcceptedFinding, AcceptedFindings, AcceptedOutcome } from '#model/accepted.js';
import { blocks, type Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { plainPath } from './pattern.js';

type Acceptable = Finding & { verdict: 'fail' | 'unknown' };

/** A judgement that broke down is never accepted. */
const isAcceptable = (finding: Finding): finding is Acceptable =>
  finding.verdict === 'fail' || finding.verdict === 'unknown';

/** What a finding says of a resource, without what moves when a file is edited elsewhere: numbers of lines, places in lists, its waiver. */
export function sayingOf({ reason, branch }: Finding): string {
  const text = reason.replace(/ \(its waiver [^)]*\)$/, '');
  return `${text}${branch ? ` ${branch}` : ''}`
    .replace(/\[\d+\]/g, '[]')
    .replace(/\b(line|column) \d+/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Digest of what stands at the place of a finding, where that is a value by itself. */
export type Standing = (finding: Finding) => string | undefined;

function acceptedOf(finding: Acceptable, standing: Standing): Omit<AcceptedFinding, 'count'> {
  const stands = standing(finding);
  return {
    requirement: finding.requirement,
    type: finding.type,
    resource: finding.resource,
    file: plainPath(finding.position?.file ?? ''),
    verdict: finding.verdict,
    reason: sayingOf(finding),
    ...(stands === undefined ? {} : { stands }),
  };
}

const keyOf = ({
  requirement,
  type,
  resource,
  file,
  verdict,
  reason,
  stands,
}: Omit<AcceptedFinding, 'count'>): string =>
  JSON.stringify([requirement, type, resource, file, verdict, reason, stands]);

const aboutOf = ({ requirement, resource, file }: Pick<AcceptedFinding, 'requirement' | 'resource' | 'file'>): string =>
  JSON.stringify([requirement, resource, file]);

/** Today's blocking findings, as a file to accept them by. */
export function acceptedFrom(
  result: Result,
  findings: readonly Finding[],
  day: string,
  standing: Standing,
): AcceptedFindings {
  const entries = new Map<string, AcceptedFinding>();
  for (const finding of findings.filter(isAcceptable)) {
    const entry = acceptedOf(finding, standing);
    const key = keyOf(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
  const { baseline, controlData } = result;
  return { format: 'rampart-accepted-1', date: day, baseline, controlData, findings: sorted };
}

/** Findings with the known ones marked, and what became of the others of the file. */
export function accept(
  result: Result,
  file: string,
  accepted: AcceptedFindings,
  standing: Standing,
): { findings: Finding[]; outcome: AcceptedOutcome } {
  const left = new Map(accepted.findings.map((entry) => [keyOf(entry), entry.count]));
  let known = 0;
  const findings = result.findings.map((finding): Finding => {
    if (!blocks(finding) || !isAcceptable(finding)) return finding;
    const key = keyOf(acceptedOf(finding, standing));
    const count = left.get(key) ?? 0;
    if (count < 1) return finding;
    left.set(key, count - 1);
    known += 1;
    return { ...finding, toleratedBy: 'baseline-file' };
  });
  const judged = new Set(result.files.flatMap(({ file, status }) => (status === 'judged' ? [plainPath(file)] : [])));
  const gone = accepted.findings.filter(
    (entry) => left.get(keyOf(entry)) === entry.count && wasLookedAt(entry, result, judged),
  );
  const named = accepted.findings.filter((entry) => entry.file !== '');
  const stillWrong = new Set(
    result.findings
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable')
      .map((each) => aboutOf({ ...each, file: plainPath(each.position?.file ?? '') })),
  );
  return {
    findings,
    outcome: {
      file,
      date: accepted.date,
      ...(accepted.controlData === result.controlData ? {} : { otherControlData: accepted.controlData }),
      known,
      ...(named.length > 0 && judged.size > 0 && !named.some((entry) => judged.has(entry.file))
        ? { otherFiles: true as const }
        : {}),
      fixed: gone.filter((entry) => !stillWrong.has(aboutOf(entry))),
      changed: gone.filter((entry) => stillWrong.has(aboutOf(entry))),
    },
  };
}

/** Whether the run could have found it: a file that was not judged mends nothing. */
function wasLookedAt(
  { file, requirement }: AcceptedFinding,
  { profile, system }: Result,
  judged: ReadonlySet<string>,
): boolean {
  if (profile && !profile.requirements.includes(requirement)) return false;
  return file === '' ? system !== undefined : judged.has(file);
}
