import { byNumber, type Control, labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import { visible } from '#model/unseen.js';
import type { Verdict } from '#model/verdict.js';

export interface MatrixInput {
  findings: readonly Finding[];
  /** Of the baseline: OSCAL ids. */
  selected: readonly string[];
  controls: readonly Control[];
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

/** Every control of the baseline, with what was judged in its support; a control nothing speaks of says so. */
export function matrixTable({ findings, selected, controls }: MatrixInput): string[][] {
  const titles = new Map(controls.map(({ id, title }) => [id, title]));
  const judged = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const { id } of finding.controls) {
      const own = judged.get(id);
      if (own === undefined) judged.set(id, [finding]);
      // A mapping may be given twice.
      else if (own.at(-1) !== finding) own.push(finding);
    }
  }
  const rows = [...selected].sort(byNumber).map((id) => {
    const own = judged.get(id) ?? [];
    const decided = own.filter(({ verdict }) => verdict !== 'not-applicable');
    return [
      labelOf(id),
      titles.get(id) ?? '',
      ...forPeople.map(() => ''),
      [...new Set(own.map(({ requirement }) => requirement))].sort().join(' '),
      ...counted.map(([, verdicts]) => String(own.filter(({ verdict }) => verdicts.includes(verdict)).length)),
      decided.length > 0
        ? 'Judged in part: settings support the control, and do not implement it as a whole.'
        : 'Not judged in this run.',
    ];
  });
  const head = [
    'Control ID',
    'Control Title',
    ...forPeople,
    'Requirements',
    ...counted.map(([name]) => name),
    'Remarks',
  ];
  return [head, ...rows.map((row) => row.map(visible))];
}
