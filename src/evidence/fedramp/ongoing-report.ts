import { visibleLines } from '#model/unseen.js';
import { line, markup } from '../oscal/text.js';
import { changesSince } from './changes.js';
import { certificationIn, dayOf, type FedrampInput } from './input.js';
import type { Json } from './schema.js';

/**
 * The Ongoing Certification Report as far as evidence and the system file go. What changed is compared with earlier evidence;
 * without any, and where the system file is silent, a field is left out: an empty list would state that there was nothing.
 */
export function ongoingReport(input: FedrampInput, overviewUri: string): Json {
  const told = certificationIn(input).ongoingReport ?? {};
  const { earlier, present } = input;
  const period =
    told.reportPeriod ?? (earlier ? { from: earlier.collectedAt.slice(0, 10), to: dayOf(input) } : undefined);
  const changes = [
    ...(earlier ? changesSince(earlier, present) : []),
    ...(told.certificationDataChanges ?? []).map(visibleLines),
  ];
  const planned = told.plannedCertificationDataChanges;
  return {
    certificationPackageOverviewUri: overviewUri,
    ...(period ? { reportPeriod: { from: period.from, to: period.to } } : {}),
    ...(earlier || told.certificationDataChanges ? { certificationDataChanges: changes } : {}),
    ...(planned
      ? {
          plannedCertificationDataChanges: {
            planningHorizonThrough: planned.planningHorizonThrough,
            changes: planned.changes.map(visibleLines),
          },
        }
      : {}),
    acceptedVulnerabilities: acceptedIn(input, told.acceptedVulnerabilities),
    ...listed('transformativeChanges', told.transformativeChanges),
    ...listed('updatedRecommendations', told.updatedRecommendations),
    ...listed('activeAgencies', told.activeAgencies),
    ...(told.reportableIncidents
      ? {
          reportableIncidents: {
            incidents: told.reportableIncidents.map((summary) => ({ summary: visibleLines(summary) })),
          },
        }
      : {}),
  };
}

const listed = (name: string, texts: readonly string[] | undefined): Json =>
  texts === undefined ? {} : { [name]: texts.map(visibleLines) };

/** The deviations whose waivers hold, and what people add to them. */
function acceptedIn({ assessment }: FedrampInput, more: string | undefined): string {
  const waived = assessment.judged.filter(({ finding }) => finding.verdict === 'waived');
  const waivers = new Map(
    waived.flatMap(({ finding: { waiver, requirement } }) =>
      waiver
        ? [
            [
              JSON.stringify(waiver),
              `\`${markup(requirement)}\` on ${markup(waiver.resource)} until ${line(waiver.expires)}`,
            ],
          ]
        : [],
    ) as [string, string][],
  );
  const known =
    waived.length === 0
      ? 'Of what Rampart judged, no deviation is accepted.'
      : `Of what Rampart judged, ${waived.length} ${waived.length === 1 ? 'deviation is' : 'deviations are'} accepted under ${waivers.size} ${waivers.size === 1 ? 'waiver' : 'waivers'}: ${[...waivers.values()].sort().join('; ')}.`;
  return more === undefined
    ? `${known} Vulnerabilities accepted elsewhere are not part of this summary.`
    : `${known} ${visibleLines(more)}`;
}
