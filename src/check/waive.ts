import type { Finding } from '#model/finding.js';
import { holdsOn, type Waiver } from '#model/waiver.js';

/**
 * Findings with the waivers that hold on a day (`YYYY-MM-DD`) put to them. A waived finding stays in every output. A waiver
 * that has run out leaves its finding as it was and says so; a judgement that broke down cannot be waived.
 */
export function waive(findings: readonly Finding[], waivers: readonly Waiver[], day: string): Finding[] {
  return findings.map((finding): Finding => {
    if (finding.verdict !== 'fail' && finding.verdict !== 'unknown') return finding;
    const matching = waivers.filter(
      (waiver) => waiver.requirement === finding.requirement && waiver.resource === finding.resource,
    );
    const waiver = matching.find((each) => holdsOn(each, day));
    if (waiver) return { ...finding, verdict: 'waived', waiver };
    const [lapsed] = matching;
    return lapsed ? { ...finding, reason: `${finding.reason} (its waiver ran out on ${lapsed.expires})` } : finding;
  });
}
