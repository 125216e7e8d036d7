import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import { type Severity, severities } from '#model/severity.js';
import { cellOf } from './table-text.js';

/** One line of a plan of action and milestones: a finding that blocks, or one that was waived. */
export interface PoamRow {
  /** Lasts from run to run; the same as that of the risk in the OSCAL document. */
  id: string;
  finding: Finding;
  /** Speaks against its controls; false where a waiver holds. */
  open: boolean;
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
const columns: readonly (readonly [string, (row: PoamRow, input: PoamInput) => string])[] = [
  ['POAM ID', ({ id }) => id],
  ['Controls', ({ finding }) => finding.controls.map((control) => labelOf(control.id)).join(', ')],
  ['Weakness Name', ({ finding }) => finding.title],
  ['Weakness Description', ({ finding }) => `${finding.reason}${finding.branch ? ` ${finding.branch}` : ''}`],
  ['Weakness Detector Source', (_, { toolVersion }) => `Rampart ${toolVersion}`],
  ['Weakness Source Identifier', ({ finding }) => finding.requirement],
  ['Asset Identifier', ({ finding }) => assetOf(finding)],
  ['Point of Contact', ({ finding }, { contact }) => finding.waiver?.owner ?? contact],
  ['Resources Required', () => ''],
  ['Overall Remediation Plan', ({ finding }) => finding.remediation],
  // One run does not know when a weakness was first seen.
  ['Original Detection Date', () => ''],
  ['Scheduled Completion Date', ({ finding }) => finding.waiver?.expires ?? ''],
  ['Planned Milestones', () => ''],
  ['Milestone Changes', () => ''],
  ['Status Date', (_, { time }) => time.slice(0, 10)],
  ['Vendor Dependency', () => ''],
  ['Last Vendor Check-in Date', () => ''],
  ['Vendor Dependent Product Name', () => ''],
  ['Original Risk Rating', ({ finding }) => ratings[finding.severity]],
  ['Adjusted Risk Rating', () => ''],
  // A waiver does not say which kind of deviation it is: that is for whoever keeps the plan.
  ['Risk Adjustment', () => ''],
  ['False Positive', () => ''],
  ['Operational Requirement', () => ''],
  ['Deviation Rationale', ({ finding, open }) => (finding.waiver && !open ? finding.waiver.reason : '')],
  ['Supporting Documents', ({ finding }) => finding.waiver?.ticket ?? ''],
  ['Comments', commentOn],
  ['Auto-Approve', () => ''],
  ['Binding Operational Directive 22-01 tracking', () => ''],
  ['Binding Operational Directive 22-01 Due Date', () => ''],
  ['CVE', () => ''],
];

const ratings: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Moderate',
  low: 'Low',
};

/** Worst first, and what one requirement says of its assets together; the id, which lasts, settles what is left. */
function inOrder(rows: readonly PoamRow[]): PoamRow[] {
  const named = rows.map((row) => ({
    row,
    asset: assetOf(row.finding),
    rank: severities.indexOf(row.finding.severity),
  }));
  named.sort(
    (left, right) =>
      left.rank - right.rank ||
      order(left.row.finding.requirement, right.row.finding.requirement) ||
      order(left.asset, right.asset) ||
      order(left.row.id, right.row.id),
  );
  return named.map(({ row }) => row);
}

const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The plan as a table whose first row names the columns; accepted deviations stand beside what is open. */
export const poamTable = (input: PoamInput): string[][] => [
  columns.map(([name]) => name),
  ...inOrder(input.rows).map((row) => columns.map(([, cell]) => cellOf(cell(row, input)))),
];

/** How every spreadsheet names what a finding is about, so that the plan and the inventory agree. */
export function assetOf({ resource, type, position }: Finding): string {
  return `${resource} (${type}${position ? `, ${position.file}` : ''})`;
}

function commentOn({ finding: { verdict, waiver }, open }: PoamRow): string {
  if (waiver && !open) {
    const approved = waiver.approved === undefined ? '' : ` on ${waiver.approved}`;
    return `Deviation accepted by ${waiver.approver}${approved} until ${waiver.expires}.`;
  }
  if (verdict === 'unknown') return 'Could not be decided, so it is treated as not met.';
  if (verdict === 'error') return 'The check broke, so it is treated as not met.';
  return waiver ? `Its waiver ran out on ${waiver.expires}.` : '';
}
