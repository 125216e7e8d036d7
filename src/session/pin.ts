import { createHash } from 'node:crypto';
import { sayingOf } from '#check/accepted.js';
import type { Finding } from '#model/finding.js';
import type { Lines } from '#model/position.js';
import { standing } from './standing.js';

/**
 * Pins findings: a digest of what is said of a resource, and of what stands at its place where that is a value by itself. One that is
 * worse than it was has another, and so has one that can be decided now.
 */
export const pinIn =
  (texts: ReadonlyMap<string, Lines>) =>
  (finding: Finding): string => {
    const { verdict, undecided } = finding;
    const was = verdict !== 'waived' ? verdict : undecided ? 'unknown' : 'fail';
    const told = JSON.stringify([was, sayingOf(finding), standing(texts, finding) ?? null]);
    return createHash('sha256').update(told).digest('hex').slice(0, 16);
  };
