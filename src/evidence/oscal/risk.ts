import type { Finding } from '#model/finding.js';
import { type Assessment, type Json, type Judged, originOf, property, rampartNs } from './assessment.js';
import { subjectOf } from './subject.js';
import { line, markup, some } from './text.js';
import { uuidOf } from './uuid.js';

export const carriesRisk = ({ finding, open }: Judged): boolean => open || finding.verdict === 'waived';

/** One risk per finding that blocks or is waived. Its UUID lasts from run to run, so that a POA&M can follow it. */
export const risksOf = (assessment: Assessment): Json[] =>
  assessment.judged.filter(carriesRisk).map((one) => riskOf(assessment, one));

function riskOf(assessment: Assessment, { finding, observation, risk, open }: Judged): Json {
  return {
    uuid: risk,
    title: `${markup(finding.resource)}: ${markup(finding.title)}`,
    description: markup(finding.reason),
    statement: statementOf(finding, open),
    props: [
      property('requirement', line(finding.requirement)),
      property('verdict', finding.verdict),
      ...waiverProperties(finding),
    ],
    status: open ? 'open' : 'deviation-approved',
    origins: [originOf(assessment)],
    characterizations: [
      { origin: originOf(assessment), facets: [{ name: 'severity', system: rampartNs, value: finding.severity }] },
    ],
    ...(finding.waiver && !open ? { deadline: `${finding.waiver.expires}T23:59:59Z` } : {}),
    ...some('remediations', finding.remediation.trim() ? [remediationOf(assessment, finding, risk)] : []),
    'related-observations': [{ 'observation-uuid': observation }],
  };
}

function statementOf({ verdict, waiver }: Finding, open: boolean): string {
  if (verdict === 'unknown') {
    return 'Whether the requirement is met could not be decided, so it is treated as not met.';
  }
  if (verdict === 'error') return 'The check broke, so the requirement is treated as not met.';
  if (!waiver) return 'The requirement is not met.';
  const accepted = `${markup(waiver.approver)} accepted this deviation until ${line(waiver.expires)}: ${markup(waiver.reason)}`;
  return open
    ? `The requirement is not met. ${accepted} That day has passed, so the waiver no longer holds.`
    : `The requirement is not met. ${accepted}`;
}

function waiverProperties({ waiver }: Finding): Json[] {
  if (!waiver) return [];
  return [
    property('waiver-owner', line(waiver.owner)),
    property('waiver-approver', line(waiver.approver)),
    property('waiver-expires', line(waiver.expires)),
    ...(waiver.ticket ? [property('waiver-ticket', line(waiver.ticket))] : []),
  ];
}

const remediationOf = (assessment: Assessment, finding: Finding, risk: string): Json => ({
  uuid: uuidOf(risk, 'remediation'),
  lifecycle: 'recommendation',
  title: `Meet ${markup(finding.requirement)}`,
  description: markup(finding.remediation),
  origins: [originOf(assessment)],
  'required-assets': [
    {
      uuid: uuidOf(risk, 'asset'),
      subjects: [subjectOf(assessment, finding)],
      description: 'What has to be changed.',
    },
  ],
});
