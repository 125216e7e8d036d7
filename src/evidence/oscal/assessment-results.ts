import { createHash } from 'node:crypto';
import { RampartError } from '#model/error.js';
import { verdicts } from '#model/verdict.js';
import { activitiesOf } from './activity.js';
import { type Assessment, type AssessmentInput, assessmentOf, compare, type Json, property } from './assessment.js';
import { controlFindings, judgedByControl } from './control-finding.js';
import { fileResources } from './evidence-file.js';
import { observationsOf } from './observation.js';
import { risksOf } from './risk.js';
import { inventoryItems } from './subject.js';
import { line, markup, some, token } from './text.js';
import { uuidOf } from './uuid.js';

export type { AssessmentInput, EvidenceFile } from './assessment.js';

/** OSCAL release whose schema the document follows. */
export const oscalVersion = '1.2.1';

/**
 * OSCAL assessment results of one run. The same input gives the same bytes: every UUID is a version 5 over stable names, and
 * the document's own is over its content. Throws RAMPART_OSCAL_NOTHING_JUDGED when no finding supports a control, since
 * OSCAL cannot say that nothing was reviewed.
 */
export function assessmentResults(input: AssessmentInput): { 'assessment-results': Json } {
  const assessment = assessmentOf(input);
  const plan = uuidOf(assessment.lasting, 'assessment-plan');
  const body = {
    metadata: metadataOf(assessment),
    'import-ap': {
      href: `#${plan}`,
      remarks: 'There is no separate assessment plan; the resource says what stood in for it.',
    },
    'local-definitions': { activities: activitiesOf(assessment) },
    results: [resultOf(assessment)],
    'back-matter': { resources: [planResource(assessment, plan), ...fileResources(assessment)] },
  };
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return { 'assessment-results': { uuid: uuidOf(assessment.lasting, 'document', digest), ...body } };
}

function metadataOf({ input, lasting }: Assessment): Json {
  const owner = input.plan?.system.owner;
  const party = uuidOf(lasting, 'party');
  return {
    title: `${markup(input.system.name)}: automated assessment of AI model endpoints`,
    'last-modified': input.time,
    version: line(input.time),
    'oscal-version': oscalVersion,
    ...(owner
      ? {
          roles: [{ id: 'prepared-for', title: 'Prepared for' }],
          parties: [
            {
              uuid: party,
              type: 'organization',
              name: line(owner.organization),
              remarks: `Contact: ${markup(owner.contact)}`,
            },
          ],
          'responsible-parties': [{ 'role-id': 'prepared-for', 'party-uuids': [party] }],
        }
      : {}),
    remarks:
      'Made by a tool, from manifests and, where it was allowed to look, from the live account. A person has not reviewed it.',
  };
}

function resultOf(assessment: Assessment): Json {
  const { input, judged, run, system, tool } = assessment;
  const counts = verdicts
    .map((verdict) => ({ verdict, count: judged.filter(({ finding }) => finding.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  return {
    uuid: run,
    title: `${markup(input.system.name)} against ${markup(input.baseline.title)}`,
    description: `${judged.length} judgements: ${counts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ')}.`,
    start: startOf(input),
    end: input.time,
    props: [
      property('baseline', line(input.baseline.id)),
      property('control-data-sha256', line(input.controlDataDigest)),
      property('tool-version', line(input.toolVersion)),
      ...counts.map(({ verdict, count }) => ({ ...property('judgements', String(count)), class: verdict })),
    ],
    'local-definitions': {
      components: [systemComponent(input, system)],
      ...some('inventory-items', inventoryItems(assessment)),
      'assessment-assets': assessmentAssets(assessment, tool),
    },
    'reviewed-controls': reviewedControls(assessment),
    observations: observationsOf(assessment),
    ...some('risks', risksOf(assessment)),
    ...some('findings', controlFindings(assessment)),
    remarks: resultRemarks(input),
  };
}

/** The first live call, or the time of the run when there was none. */
const startOf = ({ observations, time }: AssessmentInput): string =>
  (observations ?? [])
    .map((fact) => fact.time)
    .filter((at) => Date.parse(at) < Date.parse(time))
    .sort((left, right) => Date.parse(left) - Date.parse(right))[0] ?? time;

function resultRemarks({ plan, findings, notLookedAt = [] }: AssessmentInput): string {
  const judged = new Set(findings.map(({ requirement }) => requirement));
  const planned = (plan?.endpoints ?? []).flatMap(({ requirements }) => requirements.map(({ id }) => id));
  const unjudged = [...new Set(planned)].filter((id) => !judged.has(id)).sort(compare);
  const gap = unjudged.length === 0 ? '' : ` Planned, but without any judgement: ${unjudged.map(markup).join(', ')}.`;
  const unseen = notLookedAt.length === 0 ? '' : ` Not looked at: ${notLookedAt.map(markup).join('; ')}.`;
  return (
    'A control is listed as a finding only where something speaks against it. No finding does not mean that a control is ' +
    `satisfied: Rampart supports controls, it never satisfies one as a whole.${gap}${unseen}`
  );
}

const systemComponent = ({ system }: AssessmentInput, uuid: string): Json => ({
  uuid,
  type: 'this-system',
  title: markup(system.name),
  description: 'The system as its Rampart system file describes it.',
  props: [{ name: 'asset-id', value: line(system.id) }],
  status: { state: 'other', remarks: 'Rampart does not know whether the system is in operation.' },
});

const assessmentAssets = ({ input, lasting }: Assessment, tool: string): Json => ({
  components: [
    {
      uuid: tool,
      type: 'software',
      title: 'Rampart',
      description: 'Judges manifests and live observations against technical requirements that support controls.',
      props: [{ name: 'version', value: line(input.toolVersion) }],
      status: { state: 'operational' },
    },
  ],
  'assessment-platforms': [
    {
      uuid: uuidOf(lasting, 'platform'),
      title: 'Rampart command line',
      'uses-components': [{ 'component-uuid': tool }],
    },
  ],
});

function reviewedControls(assessment: Assessment): Json {
  const controls = [...judgedByControl(assessment).keys()];
  if (controls.length === 0) {
    throw new RampartError('RAMPART_OSCAL_NOTHING_JUDGED', 'No finding supports a control of the baseline', {
      exit: 'nothingJudged',
      next: 'Check manifests that hold resources of the system’s endpoints, against a baseline that selects their controls.',
    });
  }
  return {
    description: `Controls of ${markup(assessment.input.baseline.title)} that at least one judgement supports, in part.`,
    'control-selections': [{ 'include-controls': controls.map((id) => ({ 'control-id': token(id) })) }],
    remarks: 'Controls that are not listed were not looked at. Of those listed, only what settings can show was.',
  };
}

const planResource = ({ input }: Assessment, uuid: string): Json => ({
  uuid,
  title: 'What stood in for an assessment plan',
  description:
    `No assessment plan was written in OSCAL. The requirements of Rampart ${markup(input.toolVersion)} that support ` +
    `controls of ${markup(input.baseline.title)} were judged automatically; the activities of this document list them. ` +
    `The control data they come from has the SHA-256 digest ${markup(input.controlDataDigest)}.`,
});
