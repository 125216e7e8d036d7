import { labelOf } from '#model/control.js';
import { counted, type Finding, reasonsOf, weaknessOf } from '#model/finding.js';
import { type Severity, severities, worst } from '#model/severity.js';
import { cellOf } from './table-text.js';

/** One weakness of a plan of action and milestones: all that is open of a requirement, or all that one waiver of it covers. */
export interface PoamRow {
  /** Lasts from run to run; the same as that of the risk in the OSCAL document. */
  id: string;
  /** At least one; those of what is waived have the same waiver. */
  findings: readonly Finding[];
  /** Speaks against its controls; false where a waiver holds. */
  open: boolean;
  /** The earliest day it is known of, `YYYY-MM-DD`: at the latest that of the run. */
  detected: string;
}

export interface PoamInput {
  rows: readonly PoamRow[];
  /** Who answers for what no waiver names an owner of. */
  contact: string;
  toolVersion: string;
  /** ISO 8601. */
  time: string;
}

/**
 * The columns of FedRAMP's POA&M template, in its order, with what Rampart knows of each; what it does not know stays empty. From
 * the template's completion guide 2.2 of 2021-11-23 and the post of 2022-06-28 that added the last two (GSA/fedramp-gov, `_posts`),
 * read on 2026-11-21. Release 3.0 of the template has all but Planned Milestones, Milestone Changes and Auto-Approve; columns may
 * be added to it and none left out, so that the one list does for both.
 */
const columns: readonly (readonly [string, (line: Line, input: PoamInput) => string])[] = [
  ['POAM ID', ({ id }) => id],
  [
    'Controls',
    ({ findings }) => once(findings.flatMap(({ controls }) => controls.map(({ id }) => labelOf(id)))).join(', '),
  ],
  ['Weakness Name', ({ findings, open }) => weaknessOf(findings, open)],
  ['Weakness Description', ({ findings }) => reasonsOf(findings)],
  ['Weakness Detector Source', (_, { toolVersion }) => `Rampart ${toolVersion}`],
  ['Weakness Source Identifier', ({ finding }) => finding.requirement],
  ['Asset Identifier', ({ assets }) => assets],
  [
    'Point of Contact',
    ({ findings }, { contact }) => once(findings.map(({ waiver }) => waiver?.owner ?? contact)).join(', '),
  ],
  ['Resources Required', () => ''],
  ['Overall Remediation Plan', ({ finding }) => finding.remediation],
  ['Original Detection Date', ({ detected }) => detected],
  ['Scheduled Completion Date', ({ findings }) => firstOf(findings.flatMap(({ waiver }) => waiver?.expires ?? []))],
  ['Planned Milestones', () => ''],
  ['Milestone Changes', () => ''],
  ['Status Date', (_, { time }) => time.slice(0, 10)],
  ['Vendor Dependency', () => ''],
  ['Last Vendor Check-in Date', () => ''],
  ['Vendor Dependent Product Name', () => ''],
  ['Original Risk Rating', ({ severity }) => ratings[severity]],
  ['Adjusted Risk Rating', () => ''],
  // A waiver does not say which kind of deviation it is: that is for whoever keeps the plan.
  ['Risk Adjustment', () => ''],
  ['False Positive', () => ''],
  ['Operational Requirement', () => ''],
  ['Deviation Rationale', ({ finding, open }) => (finding.waiver && !open ? finding.waiver.reason : '')],
  ['Supporting Documents', ({ findings }) => once(findings.flatMap(({ waiver }) => waiver?.ticket ?? [])).join(', ')],
  ['Comments', commentsOn],
  ['Auto-Approve', () => ''],
  ['Binding Operational Directive 22-01 tracking', () => ''],
  ['Binding Operational Directive 22-01 Due Date', () => ''],
  ['CVE', () => ''],
];

/** The template has three; what Rampart calls critical is said beside. */
const ratings: Readonly<Record<Severity, string>> = {
  critical: 'High',
  high: 'High',
  medium: 'Moderate',
  low: 'Low',
};

/** A row as it is written. */
interface Line extends PoamRow {
  /** The first of its findings, for what all say alike. */
  finding: Finding;
  severity: Severity;
  assets: string;
}

/** What Excel holds in a cell, less the room an asset may need; the assets of a fleet go on in a row below. */
const mostInCell = 30_000;

/** Rows by severity, worst first, then by requirement; the id, which lasts, settles what is left. */
function linesOf(rows: readonly PoamRow[]): Line[] {
  const lines = rows.flatMap((row) => {
    const [finding] = row.findings;
    if (!finding) return [];
    const severity = worst(row.findings.map((one) => one.severity));
    return inCells(once(row.findings.map(assetOf)).sort(order)).map((assets, at): Line => {
      return { ...row, id: at === 0 ? row.id : `${row.id} (${at + 1})`, finding, severity, assets };
    });
  });
  return lines.sort(
    (left, right) =>
      severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
      order(left.finding.requirement, right.finding.requirement) ||
      order(left.id, right.id),
  );
}

/** Texts joined to as few as cells hold. */
function inCells(texts: readonly string[]): string[] {
  const cells: string[] = [];
  for (const text of texts) {
    const last = cells.at(-1);
    if (last !== undefined && last.length + text.length < mostInCell) cells[cells.length - 1] = `${last}; ${text}`;
    else cells.push(text);
  }
  return cells;
}

const once = (texts: readonly string[]): string[] => [...new Set(texts)];
const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
const firstOf = (days: readonly string[]): string => [...days].sort(order)[0] ?? '';

/**
 * The plan as a table whose first row names the columns: a row for each weakness with all its assets, as FedRAMP's guide has it;
 * accepted deviations stand beside what is open.
 */
export const poamTable = (input: PoamInput): string[][] => [
  columns.map(([name]) => name),
  ...linesOf(input.rows).map((line) => columns.map(([, cell]) => cellOf(cell(line, input)))),
];

/** How every spreadsheet names what a finding is about, so that the plan and the inventory agree. */
export function assetOf({ resource, type, position }: Finding): string {
  return `${resource} (${type}${position ? `, ${position.file}` : ''})`;
}

function commentsOn(line: Line, input: PoamInput): string {
  return [verdictOn(line), ...notesOn(line, input)].filter((comment) => comment !== '').join(' ');
}

/** What the cells of the template cannot say. */
const notesOn = ({ severity, detected }: Line, { time }: PoamInput): string[] => [
  ...(severity === 'critical' ? ['Rampart’s severity is critical.'] : []),
  ...(detected === time.slice(0, 10)
    ? ['Nothing at hand gives an earlier date than that of this run: a plan that has this item already keeps its own.']
    : []),
];

function verdictOn({ findings, open }: PoamRow): string {
  const comments = findings.map((finding) => commentOf(finding, open));
  return comments.every((comment) => comment === '')
    ? ''
    : counted(comments.map((comment) => comment || 'Not met.')).join(' ');
}

function commentOf({ verdict, waiver }: Finding, open: boolean): string {
  if (waiver && !open) {
    const approved = waiver.approved === undefined ? '' : ` on ${waiver.approved}`;
    return `Deviation accepted by ${waiver.approver}${approved} until ${waiver.expires}.`;
  }
  if (verdict === 'unknown') return 'Could not be decided, so it is treated as not met.';
  if (verdict === 'error') return 'The check broke, so it is treated as not met.';
  return waiver ? `Its waiver ran out on ${waiver.expires}.` : '';
}
