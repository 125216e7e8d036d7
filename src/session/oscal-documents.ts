import type { Assessment } from '#evidence/oscal/assessment.js';
import { assessmentResults } from '#evidence/oscal/assessment-results.js';
import { poamOf } from '#evidence/oscal/poam.js';
import { unresolvedBetween } from '#evidence/oscal/validate.js';
import { refuseInvalid, refuseProblems } from './assess.js';

interface OscalDocument {
  name: string;
  document: unknown;
}

/** The OSCAL documents of a bundle: each is valid, and what one says of another is there. */
export async function oscalDocuments(assessment: Assessment): Promise<readonly OscalDocument[]> {
  const poam = poamOf(assessment);
  const documents: OscalDocument[] = [
    { name: 'assessment-results.json', document: assessmentResults(assessment) },
    ...(poam ? [{ name: 'poam.json', document: poam }] : []),
  ];
  for (const { document } of documents) await refuseInvalid(document, 'sealed');
  refuseProblems(
    unresolvedBetween(Object.fromEntries(documents.map(({ name, document }) => [name, document]))),
    'sealed',
  );
  return documents;
}
