import type { Finding } from '#model/finding.js';
import { isOpen } from './input.js';

/** What the judgements say of a control, the worst first. `silent` is what no judgement speaks of. */
export const standings = ['failed', 'unknown', 'waived', 'supported', 'silent'] as const;
export type Standing = (typeof standings)[number];

export const worst = (given: readonly Standing[]): Standing =>
  standings.find((standing) => given.includes(standing)) ?? 'silent';

/** What one finding says of its controls; nothing where its requirement did not apply. */
function standingOf(finding: Finding, day: string): Standing {
  if (finding.verdict === 'not-applicable') return 'silent';
  if (finding.verdict === 'unknown') return 'unknown';
  if (isOpen(finding, day)) return 'failed';
  return finding.verdict === 'waived' ? 'waived' : 'supported';
}

/** Every control a judgement speaks of → the worst that is said of it. */
export function standingsOf(findings: readonly Finding[], day: string): ReadonlyMap<string, Standing> {
  const found = new Map<string, Standing>();
  for (const finding of findings) {
    const said = standingOf(finding, day);
    if (said === 'silent') continue;
    for (const { id } of finding.controls) found.set(id, worst([said, found.get(id) ?? 'silent']));
  }
  return found;
}
