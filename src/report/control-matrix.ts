import { byNumber, type Control, labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Inherited } from '#model/inherited.js';
import { type Natures, natureOf } from '#model/nature.js';
import type { Requirement } from '#model/requirement.js';
import { visible } from '#model/unseen.js';
import { type Verdict, verdicts } from '#model/verdict.js';

export interface MatrixInput {
  findings: readonly Finding[];
  /** Of the baseline: OSCAL ids. */
  selected: readonly string[];
  controls: readonly Control[];
  /** All there are: one may speak of a control though nothing was judged by it. */
  requirements: readonly Pick<Requirement, 'id' | 'controls'>[];
  natures: Natures;
}

/**
 * The columns of the CIS worksheet of FedRAMP's rev 5 CIS and CRM workbook (SSP appendix J): the first five are the
 * implementation status, the other seven the control origination; a mark goes into one cell of each. Then those of its CRM
 * worksheet. Only a person can answer for a control as a whole, so they are there and empty. Compared on 2026-11-21 with the names
 * RegScale's public reader of the workbook asks for, the workbook itself being no text.
 */
const forPeople = [
  'Implemented',
  'Partially Implemented',
  'Planned',
  'Alternative Implementation',
  'N/A',
  'Service Provider Corporate',
  'Service Provider System Specific',
  'Service Provider Hybrid (Corporate and System Specific)',
  'Configured by Customer (Customer System Specific)',
  'Provided by Customer (Customer System Specific)',
  'Shared (Service Provider and Customer Responsibility)',
  'Inherited from pre-existing FedRAMP Authorization',
  'Can Be Inherited from CSP',
  'Specific Inheritance and Customer Agency/CSP Responsibilities',
];

/** Checks, as the report counts them: a requirement is judged in many places, and may hold in some of them only. */
const counted: readonly (readonly [string, readonly Verdict[]])[] = [
  ['Checks passed', ['pass']],
  ['Checks failed', ['fail']],
  ['Checks undecided', ['unknown', 'error']],
  ['Deviations accepted', ['waived']],
];

/** What Rampart says of a control beside the columns people answer in. */
const ownColumns = ['Support shown', 'Requirements', 'Judged in', ...counted.map(([name]) => name), 'Left for people'];

/** Files of a fleet that are named. */
const mostFiles = 20;

/** Every control of the baseline, with what was judged in its support; a control nothing speaks of says so. */
export function matrixTable({ findings, selected, controls, requirements, natures }: MatrixInput): string[][] {
  const titles = new Map(controls.map(({ id, title }) => [id, title]));
  const judged = new Map<string, Finding[]>();
  const inherited = new Map<string, Set<string>>();
  for (const finding of findings) {
    if (finding.inherited) {
      const said = inheritedText(finding.inherited);
      for (const { id } of finding.controls) inherited.set(id, (inherited.get(id) ?? new Set()).add(said));
    }
    if (finding.verdict === 'not-applicable') continue;
    for (const { id } of finding.controls) {
      const own = judged.get(id);
      if (own === undefined) judged.set(id, [finding]);
      // A mapping may be given twice.
      else if (own.at(-1) !== finding) own.push(finding);
    }
  }
  const rows = [...selected].sort(byNumber).map((id) => {
    const own = judged.get(id);
    const speaking = requirements.filter((each) => each.controls.some((mapping) => mapping.id === id));
    const cells = own ? told(id, own) : untold(speaking.map((each) => each.id).sort(), natureOf(id, natures).words);
    const left = [cells.at(-1), ...(inherited.get(id) ?? [])].join(' ');
    return [labelOf(id), titles.get(id) ?? '', ...forPeople.map(() => ''), ...cells.slice(0, -1), left];
  });
  return [['Control ID', 'Control Title', ...forPeople, ...ownColumns], ...rows.map((row) => row.map(visible))];
}

/** What the owner of the system says; which cell of the worksheet that is marked in, only a person can say. */
const inheritedText = ({ requirement, from, reference, seen }: Inherited): string =>
  `The system file says that what ${requirement} asks for comes from ${from} (${reference}), seen ${seen}.`;

/** What was judged of one requirement for a control. */
interface Tally {
  first: Finding;
  counts: Partial<Record<Verdict, number>>;
}

/** The cells of a control something was judged for. */
function told(control: string, findings: readonly Finding[]): string[] {
  const tallies = new Map<string, Tally>();
  const files = new Map<string, number>();
  for (const finding of findings) {
    const { requirement, verdict } = finding;
    const known = tallies.get(requirement);
    if (known === undefined) tallies.set(requirement, { first: finding, counts: { [verdict]: 1 } });
    else known.counts[verdict] = (known.counts[verdict] ?? 0) + 1;
    const place = placeOf(finding);
    files.set(place, (files.get(place) ?? 0) + 1);
  }
  const byRequirement = inOrder(tallies);
  const more = files.size - mostFiles;
  const sum = (among: readonly Verdict[]): number =>
    byRequirement.reduce((total, [, tally]) => total + countOf(tally, among), 0);
  return [
    supportText(findings.length, byRequirement),
    byRequirement.map(([id, tally]) => requirementText(control, id, tally)).join('; '),
    [
      ...inOrder(files)
        .slice(0, mostFiles)
        .map(([file, count]) => `${file} (${count})`),
      ...(more > 0 ? [`and ${more} more files`] : []),
    ].join('; '),
    ...counted.map(([, among]) => String(sum(among))),
    'What the control asks beyond these settings: people, procedures and everything else. Status and origination.',
  ];
}

/** Those of one nothing was judged for: whether anything could be. */
const untold = (speaking: readonly string[], nature: string): string[] => [
  'Not judged in this run.',
  speaking.length > 0 ? `None judged. Speaking of it: ${speaking.join(' ')}` : 'None of Rampart’s.',
  '',
  ...counted.map(() => '0'),
  `All of it${speaking.length > 0 ? '' : `: ${nature}`}. Status and origination.`,
];

/** What the checks come to, with the requirements that keep a control from being shown. */
function supportText(checks: number, byRequirement: readonly (readonly [string, Tally])[]): string {
  const holding = byRequirement.reduce((sum, [, tally]) => sum + countOf(tally, ['pass']), 0);
  const of = `${checks} ${checks === 1 ? 'check' : 'checks'} of ${byRequirement.length} ${byRequirement.length === 1 ? 'requirement' : 'requirements'}`;
  const holds = checks === 1 ? 'holds' : 'hold';
  const having = (...among: Verdict[]): string =>
    byRequirement.flatMap(([id, tally]) => (countOf(tally, among) > 0 ? [id] : [])).join(', ');
  const sentence =
    holding === checks
      ? `Yes, as far as judged: ${checks === 1 ? 'the' : 'all'} ${of} ${holds}.`
      : holding === 0
        ? `No: none of ${of} holds.`
        : `In part: ${holding} of ${of} ${holds}.`;
  const less = [
    ['Not met', having('fail')],
    ['Not shown to be met', having('unknown', 'error')],
    ['Deviation accepted', having('waived')],
  ];
  return [sentence, ...less.flatMap(([what, ids]) => (ids === '' ? [] : [`${what}: ${ids}.`]))].join(' ');
}

/** One requirement with what it gave, and who says that it supports the control. */
function requirementText(control: string, id: string, { first, counts }: Tally): string {
  const mapping = first.controls.find((each) => each.id === control);
  const gave = verdicts.flatMap((verdict) => (counts[verdict] === undefined ? [] : [`${counts[verdict]} ${verdict}`]));
  return `${id}, ${first.title}: ${gave.join(', ')} (mapped by ${mapping?.basis === 'sourced' ? mapping.source : 'Rampart'})`;
}

const countOf = ({ counts }: Tally, among: readonly Verdict[]): number =>
  among.reduce((sum, verdict) => sum + (counts[verdict] ?? 0), 0);

/** What is missing is missing in all that was judged. */
const placeOf = ({ position, type }: Finding): string =>
  position?.file ?? (type === 'system' ? 'the system as a whole' : 'the live account');

const inOrder = <One>(named: ReadonlyMap<string, One>): [string, One][] =>
  [...named].sort(([left], [right]) => (left < right ? -1 : 1));
