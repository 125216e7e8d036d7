import type { Finding } from '#model/finding.js';
import type { Inherited } from '#model/inherited.js';

/**
 * Findings with what the system's owner says of things somebody else provides: what is missing is then not judged, and never a pass,
 * since nobody looked. It speaks of nothing that is there: a trail with a fault stays one. What was last seen too long ago, or on a day
 * that is yet to come, is unknown. `day` is `YYYY-MM-DD`.
 */
export function inherit(
  findings: readonly Finding[],
  stated: readonly Inherited[],
  { day, maxDays }: { day: string; maxDays: number },
): readonly Finding[] {
  if (stated.length === 0) return findings;
  return findings.map((finding) => {
    const inherited = isMissing(finding) && stated.find(({ requirement }) => requirement === finding.requirement);
    if (!inherited) return finding;
    const doubt = doubtOf(inherited.seen, day, maxDays);
    const from = `${inherited.from} (${inherited.reference})`;
    return doubt === undefined
      ? {
          ...finding,
          verdict: 'not-applicable',
          reason: `comes from ${from}, as the system file says: it was seen there on ${inherited.seen}, and Rampart has not looked at it`,
          inherited,
        }
      : {
          ...finding,
          verdict: 'unknown',
          reason: `is not known: the system file says that it comes from ${from}, ${doubt}`,
          remediation: 'See that it is there, and state the day under inherited in the system file.',
          inherited,
        };
  });
}

/** Whether a finding is about something the system needs and the manifests do not hold. */
const isMissing = ({ type, verdict, position }: Finding): boolean =>
  type === 'system' && verdict === 'fail' && position === undefined;

function doubtOf(seen: string, day: string, maxDays: number): string | undefined {
  if (seen > day) return `where it was seen on ${seen}, a day yet to come`;
  const days = Math.round((Date.parse(day) - Date.parse(seen)) / 86_400_000);
  return days > maxDays ? `where it was last seen on ${seen}, more than ${maxDays} days ago` : undefined;
}
