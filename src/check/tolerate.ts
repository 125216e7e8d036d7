import { blocks, type Finding } from '#model/finding.js';
import type { Thresholds, Tolerance } from '#model/gate.js';
import type { Category } from '#model/requirement.js';
import { severities } from '#model/severity.js';

/** The thresholds of who states none: everything blocks. */
export const strictest: Thresholds = { failOn: 'low', unknown: 'fail', categories: {} };

/**
 * Findings, with those marked that the thresholds let by. A judgement that broke down blocks whatever they say. `categoryOf` tells the
 * category of a requirement; one it does not know has none, and the general threshold decides.
 */
export function tolerate(
  findings: readonly Finding[],
  thresholds: Thresholds,
  categoryOf: (requirement: string) => Category | undefined,
): Finding[] {
  return findings.map((finding) => {
    const by = blocks(finding) ? toleranceOf(finding, thresholds, categoryOf(finding.requirement)) : undefined;
    return by ? { ...finding, toleratedBy: by } : finding;
  });
}

function toleranceOf(
  { verdict, severity }: Finding,
  { failOn, unknown, categories }: Thresholds,
  category: Category | undefined,
): Tolerance | undefined {
  if (verdict === 'error') return undefined;
  const threshold = (category && categories[category]) ?? failOn;
  if (severities.indexOf(severity) > severities.indexOf(threshold)) return 'fail-on';
  return verdict === 'unknown' && unknown === 'warn' ? 'unknown' : undefined;
}
