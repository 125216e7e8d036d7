import type { Finding } from '#model/finding.js';
import type { Verdict } from '#model/verdict.js';

/** From the best to the worst that can be said of a control. An unknown outweighs a pass, and is outweighed by a fail. */
const order: readonly Verdict[] = ['not-applicable', 'pass', 'waived', 'unknown', 'error', 'fail'];

/** The worst of some verdicts. */
export const worst = (verdicts: readonly Verdict[]): Verdict | undefined =>
  [...verdicts].sort((a, b) => order.indexOf(b) - order.indexOf(a))[0];

/** What the findings come to for each control they speak of, in order of control id. */
export function supportOf(findings: readonly Finding[]): Readonly<Record<string, Verdict>> {
  const found = new Map<string, Verdict>();
  for (const { controls, verdict } of findings) {
    for (const { id } of controls) {
      const known = found.get(id);
      if (known === undefined || order.indexOf(verdict) > order.indexOf(known)) found.set(id, verdict);
    }
  }
  return Object.fromEntries([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
}
