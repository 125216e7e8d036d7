import type { ReportingDescriptor, ReportingDescriptorReference, ToolComponent } from 'sarif';
import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Severity } from '#model/severity.js';
import { short } from '../visible.js';

/** SARIF's levels; GitHub and others order alerts by `security-severity`, a number from 0 to 10. */
export const levels: Record<Severity, { level: 'error' | 'warning' | 'note'; score: string }> = {
  critical: { level: 'error', score: '9.5' },
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning', score: '5.0' },
  low: { level: 'note', score: '2.0' },
};

/** What GitHub takes of a rule: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const mostTags = 20;
const longestDescription = 1024;

const taxonomy = { name: 'NIST SP 800-53', index: 0 } as const;

/** One rule per requirement, sorted by id, each pointing at the controls it supports. */
export function rulesOf(findings: readonly Finding[], controls: readonly string[]): ReportingDescriptor[] {
  const byId = new Map<string, Finding>();
  for (const finding of findings) if (!byId.has(finding.requirement)) byId.set(finding.requirement, finding);
  return [...byId.values()]
    .sort((left, right) => (left.requirement < right.requirement ? -1 : 1))
    .map((finding) => {
      const ids = finding.controls.map(({ id }) => id);
      return {
        id: finding.requirement,
        shortDescription: { text: short(finding.title, longestDescription) },
        help: { text: finding.remediation },
        defaultConfiguration: { level: levels[finding.severity].level },
        relationships: ids.map((id) => ({ target: taxon(id, controls), kinds: ['relevant'] })),
        properties: {
          'security-severity': levels[finding.severity].score,
          tags: ['security', ...ids].slice(0, mostTags),
        },
      };
    });
}

/** Controls the findings speak of, sorted. */
export const controlsOf = (findings: readonly Finding[]): string[] =>
  [...new Set(findings.flatMap(({ controls }) => controls.map(({ id }) => id)))].sort();

/** A control as an entry of the run's taxonomy. */
export const taxon = (id: string, controls: readonly string[]): ReportingDescriptorReference => ({
  id,
  index: controls.indexOf(id),
  toolComponent: taxonomy,
});

/** The controls the run speaks of, and no others. */
export const taxonomyOf = (controls: readonly string[]): ToolComponent => ({
  name: taxonomy.name,
  version: '5',
  organization: 'NIST',
  informationUri: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  shortDescription: { text: 'Security and Privacy Controls for Information Systems and Organizations' },
  isComprehensive: false,
  taxa: controls.map((id) => ({ id, name: labelOf(id) })),
});
