import type { Assessment } from '#evidence/oscal/assessment.js';
import { assessmentPlan } from '#evidence/oscal/assessment-plan.js';
import { assessmentResults } from '#evidence/oscal/assessment-results.js';
import { componentDefinition } from '#evidence/oscal/component-definition.js';
import { poamOf } from '#evidence/oscal/poam.js';
import { sharedParts } from '#evidence/oscal/shared-parts.js';
import { systemSecurityPlan } from '#evidence/oscal/system-security-plan.js';
import { referencesIn, unresolvedBetween } from '#evidence/oscal/validate.js';
import { refuseInvalid, refuseProblems } from './assess.js';

/** What FedRAMP's documents cite. */
export const assessmentResultsName = 'assessment-results.json';
export const assessmentResultsPath = `oscal/${assessmentResultsName}`;
const poamName = 'poam.json';
export const poamPath = `oscal/${poamName}`;

interface OscalDocument {
  name: string;
  document: unknown;
}

/** The OSCAL documents of a bundle: each is valid, and what one says of another is there. */
export async function oscalDocuments(assessment: Assessment): Promise<readonly OscalDocument[]> {
  const components = componentDefinition(assessment);
  // All three are of what is planned: there is each of them, or none.
  const names = components
    ? {
        assessmentPlan: 'assessment-plan.json',
        systemSecurityPlan: 'system-security-plan.json',
        componentDefinition: 'component-definition.json',
      }
    : {};
  const named = { ...assessment, input: { ...assessment.input, ...names } };
  const parts = sharedParts(named);
  const documents = [
    { name: 'component-definition.json', document: components },
    { name: 'system-security-plan.json', document: systemSecurityPlan(named, parts) },
    { name: 'assessment-plan.json', document: assessmentPlan(named) },
    { name: assessmentResultsName, document: assessmentResults(named, parts) },
    { name: poamName, document: poamOf(named, parts) },
  ].filter(({ document }) => document !== undefined);
  const byName = Object.fromEntries(documents.map(({ name, document }) => [name, document]));
  const references = referencesIn(byName);
  for (const { name, document } of documents) await refuseInvalid(document, 'sealed', references.get(name));
  refuseProblems(unresolvedBetween(byName, references), 'sealed');
  return documents;
}
