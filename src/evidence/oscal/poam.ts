import { labelOf } from '#model/control.js';
import { type Assessment, documentUuid, type Json, originOf, property } from './assessment.js';
import { fileResources } from './evidence-file.js';
import { metadataOf } from './metadata.js';
import { judgedObservations } from './observation.js';
import { observationsOf, risksOf, titleOf } from './risk.js';
import type { SharedParts } from './shared-parts.js';
import { inventoryItems } from './subject.js';
import { assessmentAssets, systemComponent } from './system-component.js';
import { line, some } from './text.js';
import { uuidOf } from './uuid.js';
import { foundOf, once, type Weakness, weaknessesOf } from './weakness.js';

/**
 * The plan of action and milestones of one run: an item for each weakness that blocks, could not be decided, or was waived. Its
 * risks and observations carry the UUIDs they have in the assessment results, and lead there for what was done. Dates nobody
 * set are left out. Undefined when there is nothing to act on: OSCAL has no empty plan.
 */
export function poamOf(
  assessment: Assessment,
  { risks }: Pick<SharedParts, 'risks'> = { risks: risksOf(assessment) },
): { 'plan-of-action-and-milestones': Json } | undefined {
  const judged = assessment.judged.filter(({ risk }) => risk !== undefined);
  if (judged.length === 0) return undefined;
  const own = { ...assessment, judged };
  const files = fileResources(own);
  const body = {
    metadata: metadataOf(own, 'plan of action and milestones'),
    ...(own.input.systemSecurityPlan ? { 'import-ssp': { href: own.input.systemSecurityPlan } } : {}),
    'system-id': { id: line(own.input.system.id) },
    'local-definitions': {
      components: [systemComponent(own)],
      ...some('inventory-items', inventoryItems(own)),
      'assessment-assets': assessmentAssets(own),
    },
    observations: judgedObservations(own, 'assessment-results.json').items,
    risks,
    'poam-items': weaknessesOf(own).map((weakness) => itemOf(own, weakness)),
    ...(files.length > 0 ? { 'back-matter': { resources: files } } : {}),
  };
  return { 'plan-of-action-and-milestones': { uuid: documentUuid(own, 'poam', [body.metadata, files]), ...body } };
}

function itemOf(assessment: Assessment, weakness: Weakness): Json {
  const { judged, risk, open } = weakness;
  const findings = judged.map(({ finding }) => finding);
  const labels = once(findings.flatMap(({ controls }) => controls.map(({ id }) => labelOf(id)))).join(', ');
  return {
    uuid: uuidOf(risk, 'poam-item'),
    title: titleOf(weakness),
    description: foundOf(weakness),
    props: [
      property('poam-id', risk),
      property('requirement', line(findings[0]?.requirement ?? '')),
      ...once(findings.map(({ verdict }) => verdict)).map((verdict) => property('verdict', verdict)),
      ...(labels ? [property('impacted-control-ids', line(labels))] : []),
    ],
    origins: [{ actors: originOf(assessment).actors }],
    'related-observations': observationsOf(weakness),
    'related-risks': [{ 'risk-uuid': risk }],
    remarks: open
      ? 'Open. Who acts, with what, and by when is for the owner of the plan to say.'
      : 'A deviation that was accepted until the deadline of its risk.',
  };
}
