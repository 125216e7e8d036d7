import type { Finding } from '#model/finding.js';
import { holdsOn, type UnusedWaiver, type Waiver } from '#model/waiver.js';

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

/** The waivers that waived none of the findings, each with the reason. `findings` are those `waive` gave back. */
export function unusedWaivers(findings: readonly Finding[], waivers: readonly Waiver[], day: string): UnusedWaiver[] {
  const used = new Set(findings.flatMap(({ waiver }) => waiver ?? []));
  return waivers
    .filter((waiver) => !used.has(waiver))
    .map((waiver) => ({ waiver, why: whyUnused(findings, waiver, day) }));
}

function whyUnused(findings: readonly Finding[], waiver: Waiver, day: string): string {
  const matching = findings.filter(
    ({ requirement, resource }) => requirement === waiver.requirement && resource === waiver.resource,
  );
  if (matching.length === 0) return 'matches no finding of this run';
  if (!holdsOn(waiver, day)) return `ran out on ${waiver.expires}`;
  if (matching.some(({ verdict }) => verdict === 'error'))
    return 'is for a judgement that broke down, which cannot be waived';
  return 'is not needed: what it waives passes';
}
