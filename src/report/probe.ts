import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import { summarize } from '#model/result.js';
import { isBlocking } from '#model/verdict.js';
import type { WaiverProblem } from '#model/waiver.js';
import { visible } from './visible.js';

interface Probed {
  observations: readonly Observation[];
  findings: readonly Finding[];
  problems: readonly WaiverProblem[];
}

/** What was asked, and what the requirements say of the answers. */
export function probeText({ observations, findings, problems }: Probed, all: boolean): string {
  const asked = observations.flatMap(({ service, call, subject, region, outcome, detail, answer }) => [
    `  ${outcome.padEnd(8)}  ${visible(subject)}  ${service} ${call}${region ? ` in ${region}` : ''}${detail ? `: ${visible(detail)}` : ''}`,
    ...open(answer).map((line) => `            ${line}`),
  ]);
  const shown = findings.filter(({ verdict }) => all || verdict === 'waived' || isBlocking(verdict));
  const said = shown.flatMap((finding) => [
    `  ${finding.verdict} ${finding.severity}  ${finding.requirement}  ${visible(finding.resource)}`,
    `    ${visible(finding.reason)}`,
    ...(finding.waiver ? [`    waived until ${finding.waiver.expires}: ${visible(finding.waiver.reason)}`] : []),
    ...(isBlocking(finding.verdict) ? [`    fix ${finding.remediation}`] : []),
  ]);
  const counts = summarize(findings);
  const faults = problems.map(
    ({ waiver, why }) => `  waiver of ${waiver.requirement} for ${visible(waiver.resource)} ${visible(why)}`,
  );
  const blocking = problems.length > 0 || findings.some((finding) => isBlocking(finding.verdict));
  return [
    'Asked',
    ...asked,
    '',
    ...(said.length > 0 ? ['Found', ...said, ''] : []),
    ...(faults.length > 0 ? ['Waivers', ...faults, ''] : []),
    `${blocking ? 'BLOCKED' : 'PASSED'}  ${counts.fail} fail · ${counts.unknown} unknown · ${counts.error} error · ${counts.waived} waived · ${counts.pass} pass`,
    '',
  ].join('\n');
}

/** What an answer leaves open, whether or not a requirement speaks of it. */
function open(answer: Observation['answer']): string[] {
  return Object.entries(answer).flatMap(([field, value]) => {
    const settledBy = (value as { $unknown?: unknown } | null)?.$unknown;
    return typeof settledBy === 'string' ? [`${field} depends on ${visible(settledBy)}`] : [];
  });
}
