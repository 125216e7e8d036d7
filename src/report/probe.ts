import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import { summarize } from '#model/result.js';
import { isBlocking } from '#model/verdict.js';

/** What was asked, and what the requirements say of the answers. */
export function probeText(observations: readonly Observation[], findings: readonly Finding[], all: boolean): string {
  const asked = observations.map(
    ({ service, call, subject, outcome, detail }) =>
      `  ${`${service} ${call}`.padEnd(30)}  ${outcome.padEnd(8)}  ${subject}${detail ? `: ${detail}` : ''}`,
  );
  const shown = findings.filter((finding) => all || isBlocking(finding.verdict));
  const said = shown.flatMap((finding) => [
    `  ${finding.verdict} ${finding.severity}  ${finding.requirement}  ${finding.resource}`,
    `    ${finding.reason}`,
    ...(finding.verdict === 'pass' ? [] : [`    fix ${finding.remediation}`]),
  ]);
  const counts = summarize(findings);
  const blocking = findings.some((finding) => isBlocking(finding.verdict));
  return [
    'Asked',
    ...asked,
    '',
    ...(said.length > 0 ? ['Found', ...said, ''] : []),
    `${blocking ? 'BLOCKED' : 'PASSED'}  ${counts.fail} fail · ${counts.unknown} unknown · ${counts.error} error · ${counts.pass} pass`,
    '',
  ].join('\n');
}
