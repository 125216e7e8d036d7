import { createHash } from 'node:crypto';
import type { Finding } from '#model/finding.js';

/**
 * A name for each finding that lasts from run to run: made of what it is about and not of its line, so that a line that moved is
 * the same finding. Findings that are alike in all of it are counted.
 */
export function fingerprints(findings: readonly Finding[]): Map<Finding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const { requirement, position, type, resource, branch } = finding;
      const key = JSON.stringify([requirement, position?.file ?? '', type, resource, branch ?? '']);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return [finding, sha256(nth === 0 ? key : `${key}${nth}`)];
    }),
  );
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
