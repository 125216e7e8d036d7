import { labelOf } from '#model/control.js';
import type { JudgedIndicator } from '#model/fedramp-rules.js';
import { line, markup } from '../oscal/text.js';
import { dayOf, type FedrampInput } from './input.js';
import type { Json } from './schema.js';
import { countsText, linesOf, nameOf, rowsOf, statusOf, type Tally } from './tally.js';
import { type Cited, urnOf } from './urn.js';

/** More manifests than this are not cited one by one: the findings name them all. */
const mostManifests = 20;

/** What was judged in support of an indicator's controls. Of an indicator nothing was judged for, every list is empty. */
export function indicatorEntry(
  input: FedrampInput,
  { id, controls, own }: JudgedIndicator,
  byControl: ReadonlyMap<string, readonly Tally[]>,
): Json {
  const tallies = rowsOf(controls.flatMap((control) => byControl.get(control) ?? []));
  const status = statusOf(tallies);
  return {
    ksiId: line(id),
    ...(status ? { ksiImplementationStatus: status } : {}),
    ksiImplementation: tallies.flatMap(measureOf),
    ksiValidation: tallies.length === 0 ? [] : [...validations(input, tallies), ...relation(own)],
    // An independent assessor says how it was assessed.
    ksiAssessment: [],
    ksiTests: tallies.map(({ requirement }) => line(requirement)),
    ksiEvidence: tallies.length === 0 ? [] : evidenceOf(input, tallies),
  };
}

/** What rests on a relation FedRAMP does not make says so. */
const relation = (own: JudgedIndicator['own']): string[] =>
  own
    ? [
        `Related to this indicator by Rampart, not by FedRAMP's rules: ${own.controls.map(labelOf).join(', ')}; ${own.because}.`,
      ]
    : [];

/** A measure is told of only where it was seen, with how often it was looked for. */
function measureOf(tally: Tally): string[] {
  const passing = tally.counts.pass ?? 0;
  if (passing === 0) return [];
  return [
    `${nameOf(tally)}: in place in ${passing} of ${tally.judged} ${tally.judged === 1 ? 'place' : 'places'} judged.`,
  ];
}

function validations(input: FedrampInput, tallies: readonly Tally[]): string[] {
  const { toolVersion } = input.assessment.input;
  const live = tallies.some((tally) => tally.live > 0);
  const manifests = tallies.some((tally) => tally.live < tally.judged);
  const methods = [
    ...(manifests ? ['manifests were judged before they are deployed'] : []),
    ...(live ? ['the live account was probed'] : []),
  ];
  const tests = `${tallies.length} ${tallies.length === 1 ? 'test' : 'tests'}`;
  const places = tallies.reduce((sum, tally) => sum + tally.judged, 0);
  const where = `${places} ${places === 1 ? 'place' : 'places'}`;
  return [
    `Rampart ${markup(toolVersion)} judged ${tests} in ${where} on ${dayOf(input)}: ${countsText(tallies)}. What is unknown or broke is not met.`,
    `Automated methods used: ${methods.join('; ')}.${live ? '' : ' No live fact supports this.'}`,
    ...tallies
      .filter(({ counts, judged: all }) => (counts.pass ?? 0) < all)
      .map((tally) => `Not shown to be met everywhere: ${nameOf(tally)}: ${countsText([tally])}.`),
  ];
}

function evidenceOf(input: FedrampInput, tallies: readonly Tally[]): Json[] {
  const { cited } = input;
  const lastUpdated = dayOf(input);
  const piece = (evidenceType: string, { path, sha256 }: Cited, description: string, text: string): Json => ({
    evidenceType,
    evidenceDescription: `${markup(path)}: ${description}`,
    evidenceLocation: urnOf(sha256),
    evidenceText: text,
    lastUpdated,
  });
  const summary = tallies.map((tally) => `${line(tally.requirement)}: ${countsText([tally])}`).join('\n');
  const lines = linesOf(tallies);
  const live = tallies.reduce((sum, tally) => sum + tally.live, 0);
  const manifests = cited.manifests.filter(({ path }) => lines.has(path));
  return [
    piece('Report', cited.findings, 'every judgement of the run, with its place and reason', summary),
    ...(cited.assessmentResults
      ? [piece('Report', cited.assessmentResults, 'the same as OSCAL assessment results', summary)]
      : []),
    ...manifests
      .slice(0, mostManifests)
      .map((each) =>
        piece(
          'Configuration',
          each,
          'what is kept of a manifest that was judged',
          `Lines ${linesText(lines.get(each.path))} of it, as it was judged`,
        ),
      ),
    ...(live > 0
      ? [piece('Log', cited.observations, 'what the live account answered', `${live} judgements rest on it`)]
      : []),
  ];
}

const mostLines = 50;

/** `4, 9, 12`, in order, and how many more. */
function linesText(lines: ReadonlySet<number> = new Set()): string {
  const first = [...lines].sort((a, b) => a - b).slice(0, mostLines);
  return `${first.join(', ')}${lines.size > first.length ? ` and ${lines.size - first.length} more` : ''}`;
}
