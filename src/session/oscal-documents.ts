import type { Assessment } from '#evidence/oscal/assessment.js';
import { assessmentPlan } from '#evidence/oscal/assessment-plan.js';
import { assessmentResults } from '#evidence/oscal/assessment-results.js';
import { componentDefinition } from '#evidence/oscal/component-definition.js';
import { poamOf } from '#evidence/oscal/poam.js';
import { unresolvedBetween } from '#evidence/oscal/validate.js';
import { refuseInvalid, refuseProblems } from './assess.js';

interface OscalDocument {
  name: string;
  document: unknown;
}

/** The OSCAL documents of a bundle: each is valid, and what one says of another is there. */
export async function oscalDocuments(assessment: Assessment): Promise<readonly OscalDocument[]> {
  const plan = assessmentPlan(assessment);
  const input = { ...assessment.input, ...(plan ? { assessmentPlan: 'assessment-plan.json' } : {}) };
  const documents = [
    { name: 'component-definition.json', document: componentDefinition(assessment) },
    { name: 'assessment-plan.json', document: plan },
    { name: 'assessment-results.json', document: assessmentResults({ ...assessment, input }) },
    { name: 'poam.json', document: poamOf(assessment) },
  ].filter(({ document }) => document !== undefined);
  for (const { document } of documents) await refuseInvalid(document, 'sealed');
  refuseProblems(
    unresolvedBetween(Object.fromEntries(documents.map(({ name, document }) => [name, document]))),
    'sealed',
  );
  return documents;
}
