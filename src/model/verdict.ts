/**
 * What judging one requirement on one resource can say. `unknown` is never a pass: it fails closed and names the input
 * that would settle it.
 */
export type Verdict = 'pass' | 'fail' | 'unknown' | 'waived' | 'not-applicable' | 'error';

export const verdicts: readonly Verdict[] = ['error', 'fail', 'unknown', 'waived', 'pass', 'not-applicable'];

/** Verdicts that keep a deployment from going ahead. */
export const isBlocking = (verdict: Verdict): boolean =>
  verdict === 'fail' || verdict === 'unknown' || verdict === 'error';
