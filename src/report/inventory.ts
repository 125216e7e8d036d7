import { type Finding, isDecided } from '#model/finding.js';
import { assetOf } from './poam.js';
import { cellOf } from './table-text.js';

export interface InventoryInput {
  findings: readonly Finding[];
  /** Regions of the boundary; with more than one it is not known where a resource of a manifest will be. */
  regions: readonly string[];
  /** Who answers for the system. */
  contact: string;
}

/**
 * The columns of FedRAMP's integrated inventory workbook (SSP appendix M), in its order, with a blank where its header breaks the
 * line; what a run cannot know stays empty. Compared on 2026-11-21 with the header rows that five public readers and writers of the
 * workbook look for, the workbook itself being no text.
 */
const columns: readonly (readonly [string, (finding: Finding, input: InventoryInput) => string])[] = [
  ['UNIQUE ASSET IDENTIFIER', assetOf],
  ['IPv4 or IPv6 Address', () => ''],
  // Resources of a cloud account or a cluster; none is a machine.
  ['Virtual', () => 'Yes'],
  ['Public', () => ''],
  ['DNS Name or URL', () => ''],
  ['NetBIOS Name', () => ''],
  ['MAC Address', () => ''],
  ['Authenticated Scan', () => ''],
  ['Baseline Configuration Name', () => ''],
  ['OS Name and Version', () => ''],
  ['Location', locationOf],
  ['Asset Type', ({ type }) => type],
  ['Hardware Make/Model', () => ''],
  // Of a vulnerability scanner, which this is not.
  ['In Latest Scan', () => ''],
  ['Software/ Database Vendor', () => ''],
  ['Software/ Database Name & Version', () => ''],
  ['Patch Level', () => ''],
  ['Diagram Label', () => ''],
  ['Comments', whereSeen],
  ['Serial #/Asset Tag#', () => ''],
  ['VLAN/ Network ID', () => ''],
  ['System Administrator/ Owner', (_, { contact }) => contact],
  ['Application Administrator/ Owner', () => ''],
  ['Function', () => ''],
  ['End-of-Life', () => ''],
];

/** That a call was denied, or never made, shows nobody that there is anything. */
function whereSeen(finding: Finding): string {
  const { position } = finding;
  if (position) return `Declared in ${position.file}; not seen in an account.`;
  return isDecided(finding) ? 'Seen in the live account.' : 'Asked for in the live account, and not seen.';
}

/** The region an ARN names, or the only one of the boundary. */
function locationOf({ resource, position }: Finding, { regions }: InventoryInput): string {
  if (position === undefined) return /^arn:[^:]*:[^:]*:([^:]*):/.exec(resource)?.[1] ?? '';
  return regions.length === 1 ? (regions[0] ?? '') : '';
}

/** Every resource that was judged, once, as a table whose first row names the columns. What is missing is no asset. */
export function inventoryTable(input: InventoryInput): string[][] {
  const assets = new Map<string, Finding>();
  for (const finding of input.findings) {
    const asset = assetOf(finding);
    // What any of its findings shows was seen.
    if (finding.type !== 'system' && (isDecided(finding) || !assets.has(asset))) assets.set(asset, finding);
  }
  const rows = [...assets].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    columns.map(([name]) => name),
    ...rows.map(([, finding]) => columns.map(([, cell]) => cellOf(cell(finding, input)))),
  ];
}
