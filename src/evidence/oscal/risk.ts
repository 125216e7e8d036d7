import type { Finding } from '#model/finding.js';
import { type Assessment, type Json, type Judged, originOf, property, rampartNs } from './assessment.js';
import { subjectOf } from './subject.js';
import { line, markup, some } from './text.js';
import { uuidOf } from './uuid.js';

/** What has to be followed until it is put right or its waiver ends. */
export type Risky = Judged & { risk: string };

export const carriesRisk = (one: Judged): one is Risky => one.risk !== undefined;

/** One risk per finding that blocks or is waived. Its UUID lasts from run to run, so that a POA&M can follow it. */
export const risksOf = (assessment: Assessment): Json[] =>
  assessment.judged.filter(carriesRisk).map((one) => riskOf(assessment, one));

function riskOf(assessment: Assessment, one: Risky): Json {
  const { finding, observation, risk, open } = one;
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
    ...some('remediations', finding.remediation.trim() ? [remediationOf(assessment, one)] : []),
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

const remediationOf = (assessment: Assessment, one: Risky): Json => ({
  uuid: uuidOf(one.risk, 'remediation'),
  lifecycle: 'recommendation',
  title: `Meet ${markup(one.finding.requirement)}`,
  description: markup(one.finding.remediation),
  origins: [originOf(assessment)],
  'required-assets': [
    {
      uuid: uuidOf(one.risk, 'asset'),
      subjects: [subjectOf(one)],
      description: 'What has to be changed.',
    },
  ],
});
