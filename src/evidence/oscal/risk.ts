import { counted, type Finding, weaknessOf } from '#model/finding.js';
import { worst } from '#model/severity.js';
import type { Waiver } from '#model/waiver.js';
import { type Assessment, type Json, type Judged, originOf, property, rampartNs } from './assessment.js';
import { subjectOf } from './subject.js';
import { line, markup, some } from './text.js';
import { uuidOf } from './uuid.js';
import { detectedOf, foundOf, once, type Weakness, weaknessesOf } from './weakness.js';

/** One risk per weakness. Its UUID lasts from run to run, so that a POA&M can follow it. */
export const risksOf = (assessment: Assessment): Json[] =>
  weaknessesOf(assessment).map((weakness) => riskOf(assessment, weakness));

function riskOf(assessment: Assessment, weakness: Weakness): Json {
  const { judged, risk, open } = weakness;
  const [{ finding }] = judged;
  return {
    uuid: risk,
    title: titleOf(weakness),
    description: foundOf(weakness),
    statement: counted(judged.map((one) => statementOf(one.finding, open))).join(' '),
    props: [
      property('requirement', line(finding.requirement)),
      ...once(judged.map((one) => one.finding.verdict)).map((verdict) => property('verdict', verdict)),
      property('detected', detectedOf(weakness, assessment)),
      ...waiverProperties(judged),
    ],
    status: open ? 'open' : 'deviation-approved',
    origins: [originOf(assessment)],
    characterizations: [
      {
        origin: originOf(assessment),
        facets: [{ name: 'severity', system: rampartNs, value: worst(judged.map((one) => one.finding.severity)) }],
      },
    ],
    ...(finding.waiver && !open ? { deadline: `${finding.waiver.expires}T23:59:59Z` } : {}),
    ...some('remediations', finding.remediation.trim() ? [remediationOf(assessment, weakness)] : []),
    'related-observations': observationsOf(weakness),
  };
}

/** A weakness of one resource is called by it too. */
export const titleOf = ({ judged: [first, ...others], open }: Weakness): string => {
  const named = weaknessOf(
    [first, ...others].map(({ finding }) => finding),
    open,
    markup,
  );
  return others.length === 0 ? `${markup(first.finding.resource)}: ${named}` : named;
};

export const observationsOf = ({ judged }: Weakness): Json[] =>
  once(judged.map(({ observation }) => observation)).map((uuid) => ({ 'observation-uuid': uuid }));

function statementOf({ verdict, waiver, undecided }: Finding, open: boolean): string {
  if (verdict === 'unknown') {
    return 'Whether the requirement is met could not be decided, so it is treated as not met.';
  }
  if (verdict === 'error') return 'The check broke, so the requirement is treated as not met.';
  if (!waiver) return 'The requirement is not met.';
  const unmet = undecided ? 'Whether the requirement is met could not be decided.' : 'The requirement is not met.';
  const accepted = `${markup(waiver.approver)} accepted this deviation until ${line(waiver.expires)}: ${markup(waiver.reason)}`;
  return open ? `${unmet} ${accepted} That day has passed, so the waiver no longer holds.` : `${unmet} ${accepted}`;
}

/** Of what is open, waivers that have run out may be several; their statements name them. */
function waiverProperties(judged: Weakness['judged']): Json[] {
  const [waiver, ...others] = once(judged.map(({ finding }) => finding.waiver && JSON.stringify(finding.waiver)));
  if (waiver === undefined || others.length > 0) return [];
  const { owner, approver, expires, ticket } = JSON.parse(waiver) as Waiver;
  return [
    property('waiver-owner', line(owner)),
    property('waiver-approver', line(approver)),
    property('waiver-expires', line(expires)),
    ...(ticket ? [property('waiver-ticket', line(ticket))] : []),
  ];
}

const remediationOf = (assessment: Assessment, { risk, judged }: Weakness): Json => ({
  uuid: uuidOf(risk, 'remediation'),
  lifecycle: 'recommendation',
  title: `Meet ${markup(judged[0].finding.requirement)}`,
  description: markup(judged[0].finding.remediation),
  origins: [originOf(assessment)],
  'required-assets': [
    {
      uuid: uuidOf(risk, 'asset'),
      subjects: distinct(judged).map((one) => subjectOf(one)),
      description: 'What has to be changed.',
    },
  ],
});

/** One of each subject: several findings may speak of a resource in several branches. */
const distinct = (judged: readonly Judged[]): Judged[] => [
  ...new Map(judged.map((one) => [one.subject, one])).values(),
];
