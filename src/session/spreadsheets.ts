import type { Member } from '#model/bundle.js';
import { type MatrixInput, matrixTable } from '#report/control-matrix.js';
import { type InventoryInput, inventoryTable } from '#report/inventory.js';
import { type PoamInput, poamTable } from '#report/poam.js';
import { csv } from '#report/table-text.js';
import { workbook } from '#report/workbook.js';
import { member } from './member.js';

interface Spreadsheets {
  system: string;
  poam: PoamInput;
  inventory: InventoryInput;
  matrix: MatrixInput;
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The tables people upload, each as CSV and as a workbook with the same cells. Tabs are called what FedRAMP's templates call them. */
export function spreadsheetsOf(input: Spreadsheets, from: readonly string[]): Member[] {
  const { system, poam, inventory, matrix } = input;
  const about = { creator: `Rampart ${poam.toolVersion}`, time: poam.time };
  const sheets = [
    { file: 'control-matrix', name: 'CIS and CRM Worksheet', what: 'control matrix', rows: matrixTable(matrix) },
    { file: 'inventory', name: 'Inventory', what: 'inventory', rows: inventoryTable(inventory) },
    { file: 'poam', name: 'Open POA&M Items', what: 'plan of action and milestones', rows: poamTable(poam) },
  ];
  return sheets.flatMap(({ file, name, what, rows }) => [
    member(`report/${file}.csv`, csv(rows), 'text/csv', 'report', from),
    member(
      `report/${file}.xlsx`,
      workbook({ ...about, title: `${system}: ${what}`, name, rows }),
      xlsx,
      'report',
      from,
    ),
  ]);
}
