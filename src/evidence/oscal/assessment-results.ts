import { RampartError } from '#model/error.js';
import { verdicts } from '#model/verdict.js';
import { activitiesOf } from './activity.js';
import { type Assessment, type AssessmentInput, compare, documentUuid, type Json, property } from './assessment.js';
import { controlFindings, judgedByControl } from './control-finding.js';
import { fileResources } from './evidence-file.js';
import { metadataOf } from './metadata.js';
import { notReadRisks } from './not-read.js';
import { observationsOf } from './observation.js';
import { type SharedParts, sharedParts } from './shared-parts.js';
import { assessmentAssets, systemComponent } from './system-component.js';
import { line, markup, some, token } from './text.js';
import { uuidOf } from './uuid.js';

export { type AssessmentInput, assessmentOf, type EvidenceFile } from './assessment.js';

/**
 * OSCAL assessment results of one run. The same input gives the same bytes: every UUID is a version 5 over stable names, and
 * the document's own is over its content. Throws RAMPART_OSCAL_NOTHING_JUDGED when no finding supports a control, since
 * OSCAL cannot say that nothing was reviewed.
 */
export function assessmentResults(
  assessment: Assessment,
  parts: SharedParts = sharedParts(assessment),
): { 'assessment-results': Json } {
  const plan = uuidOf(assessment.lasting, 'assessment-plan');
  const planned = assessment.input.assessmentPlan;
  const resources = [...(planned ? [] : [planResource(assessment, plan)]), ...fileResources(assessment)];
  const body = {
    metadata: metadataOf(assessment, 'automated assessment of AI model endpoints'),
    'import-ap': planned
      ? { href: planned }
      : {
          href: `#${plan}`,
          remarks: 'There is no separate assessment plan; the resource says what stood in for it.',
        },
    'local-definitions': { activities: activitiesOf(assessment) },
    results: [resultOf(assessment, parts)],
    ...(resources.length > 0 ? { 'back-matter': { resources } } : {}),
  };
  const { results: _, ...others } = body;
  const uuid = documentUuid(assessment, 'assessment-results', [others, resultRemarks(assessment.input)]);
  return { 'assessment-results': { uuid, ...body } };
}

function resultOf(assessment: Assessment, { inventory, risks }: SharedParts): Json {
  const { input, judged, run } = assessment;
  const byControl = judgedByControl(assessment);
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
      ...(input.notRead?.length ? [property('files-not-read', String(input.notRead.length))] : []),
    ],
    'local-definitions': {
      components: [systemComponent(assessment)],
      ...some('inventory-items', inventory),
      'assessment-assets': assessmentAssets(assessment),
    },
    'reviewed-controls': reviewedControls(assessment, [...byControl.keys()]),
    observations: observationsOf(assessment),
    ...some('risks', [...risks, ...notReadRisks(assessment)]),
    ...some('findings', controlFindings(assessment, byControl)),
    remarks: resultRemarks(input),
  };
}

/** The first live call, or the time of the run when there was none. */
const startOf = ({ observations, time }: AssessmentInput): string =>
  (observations ?? [])
    .map((fact) => fact.time)
    .filter((at) => Date.parse(at) < Date.parse(time))
    .sort((left, right) => Date.parse(left) - Date.parse(right))[0] ?? time;

function resultRemarks({ plan, findings, notLookedAt = [], notRead = [], beside = [] }: AssessmentInput): string {
  const judged = new Set(findings.map(({ requirement }) => requirement));
  const planned = new Set((plan?.endpoints ?? []).flatMap(({ requirements }) => requirements.map(({ id }) => id)));
  const unjudged = [...planned].filter((id) => !judged.has(id)).sort(compare);
  const unplanned = plan === undefined ? [] : [...judged].filter((id) => !planned.has(id)).sort(compare);
  return [
    'A control is listed as a finding only where something speaks against it. No finding does not mean that a control is ' +
      'satisfied: Rampart supports controls, it never satisfies one as a whole.',
    ...told('Planned, but without any judgement', unjudged, ', '),
    ...told('Judged on what was given, and not planned', unplanned, ', '),
    ...told('Not looked at', notLookedAt, '; '),
    ...told(
      'Could not be read',
      notRead.map(({ file }) => file),
      ', ',
    ),
    ...told('Beside the findings', beside, '; '),
  ].join(' ');
}

/** `What: one; two.`, where there is any. */
const told = (what: string, items: readonly string[], between: string): string[] =>
  items.length === 0 ? [] : [`${what}: ${items.map((item) => markup(item.replace(/\.$/, ''))).join(between)}.`];

function reviewedControls(assessment: Assessment, controls: readonly string[]): Json {
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
