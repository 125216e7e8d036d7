import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import { summarize } from '#model/result.js';
import { isBlocking } from '#model/verdict.js';
import { visible } from './visible.js';

/** What was asked, and what the requirements say of the answers. */
export function probeText(observations: readonly Observation[], findings: readonly Finding[], all: boolean): string {
  const asked = observations.flatMap(({ service, call, subject, outcome, detail, answer }) => [
    `  ${outcome.padEnd(8)}  ${visible(subject)}  ${service} ${call}${detail ? `: ${visible(detail)}` : ''}`,
    ...open(answer).map((line) => `            ${line}`),
  ]);
  const shown = findings.filter((finding) => all || isBlocking(finding.verdict));
  const said = shown.flatMap((finding) => [
    `  ${finding.verdict} ${finding.severity}  ${finding.requirement}  ${visible(finding.resource)}`,
    `    ${visible(finding.reason)}`,
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

/** What an answer leaves open, whether or not a requirement speaks of it. */
function open(answer: Observation['answer']): string[] {
  return Object.entries(answer).flatMap(([field, value]) => {
    const settledBy = (value as { $unknown?: unknown } | null)?.$unknown;
    return typeof settledBy === 'string' ? [`${field} depends on ${visible(settledBy)}`] : [];
  });
}
