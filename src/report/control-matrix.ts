import type { Control } from '#model/control.js';
import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import { visible } from '#model/unseen.js';
import type { Verdict } from '#model/verdict.js';
import { csv } from './table-text.js';

export interface MatrixInput {
  findings: readonly Finding[];
  /** Of the baseline: OSCAL ids. */
  selected: readonly string[];
  controls: readonly Control[];
}

/**
 * Implementation status and origination, as FedRAMP's CIS and CRM workbook asks for them. Only a person can answer for a
 * control as a whole, so these columns are there and empty.
 */
const forPeople = [
  'Implementation Status',
  'Control Origination',
  'Can Be Inherited from CSP',
  'Specific Inheritance and Customer Agency/CSP Responsibilities',
];

const counted: readonly (readonly [string, readonly Verdict[]])[] = [
  ['Requirements met', ['pass']],
  ['Requirements not met', ['fail']],
  ['Undecided', ['unknown', 'error']],
  ['Deviations accepted', ['waived']],
];

/** Every control of the baseline, with what was judged in its support; a control nothing speaks of says so. */
export function matrixTable({ findings, selected, controls }: MatrixInput): string[][] {
  const titles = new Map(controls.map(({ id, title }) => [id, title]));
  const judged = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const id of new Set(finding.controls.map((mapping) => mapping.id))) {
      const own = judged.get(id);
      if (own) own.push(finding);
      else judged.set(id, [finding]);
    }
  }
  const rows = selected.map((id) => {
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

export const matrixCsv = (input: MatrixInput): string => csv(matrixTable(input));
