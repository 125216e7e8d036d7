import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import type { Finding } from '#model/finding.js';
import { matrixCsv } from '#report/control-matrix.js';
import { inventoryCsv } from '#report/inventory.js';

const finding = (verdict: Finding['verdict'], more: Partial<Finding> = {}): Finding => ({
  requirement: 'kms-key-rotation',
  title: 'Keys rotate',
  severity: 'high',
  controls: [
    { id: 'sc-12', basis: 'own' },
    { id: 'sc-28.1', basis: 'own' },
  ],
  resource: 'Key',
  type: 'AWS::KMS::Key',
  verdict,
  reason: 'A reason.',
  remediation: 'Do it.',
  position: { file: 'a.yaml', line: 3, column: 1 },
  ...more,
});
const { position: _, ...live } = finding('pass', {
  resource: 'arn:aws-us-gov:kms:us-gov-east-1:acct-1:key/1',
  type: 'kms-key',
});
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true });

describe('the inventory', () => {
  const inventory = (findings: readonly Finding[], regions = ['us-gov-west-1']) =>
    rowsOf(inventoryCsv({ findings, regions, contact: 'isso@agency.example' }));

  it('has the columns of FedRAMP’s workbook', () =>
    assert.equal(
      inventoryCsv({ findings: [], regions: [], contact: '' }),
      'UNIQUE ASSET IDENTIFIER,IPv4 or IPv6 Address,Virtual,Public,DNS Name or URL,NetBIOS Name,MAC Address,' +
        'Authenticated Scan,Baseline Configuration Name,OS Name and Version,Location,Asset Type,Hardware Make/Model,' +
        'In Latest Scan,Software/Database Vendor,Software/Database Name & Version,Patch Level,Function,Comments,' +
        'Serial #/Asset Tag#,VLAN/Network ID,System Administrator/Owner,Application Administrator/Owner\r\n',
    ));

  it('lists every resource once, and what is missing not at all', () => {
    const missing = finding('fail', { type: 'system', resource: 'chat' });
    const rows = inventory([finding('pass'), finding('fail', { requirement: 'other' }), missing, live]);
    assert.deepEqual(
      rows.map((row) => [row['UNIQUE ASSET IDENTIFIER'], row.Location, row['Asset Type']]),
      [
        ['Key (AWS::KMS::Key, a.yaml)', 'us-gov-west-1', 'AWS::KMS::Key'],
        ['arn:aws-us-gov:kms:us-gov-east-1:acct-1:key/1 (kms-key)', 'us-gov-east-1', 'kms-key'],
      ],
    );
  });

  it('does not guess a region, and tells files apart', () => {
    const other = finding('pass', { position: { file: 'b.yaml', line: 1, column: 1 } });
    const rows = inventory([finding('pass'), other], ['us-gov-west-1', 'us-gov-east-1']);
    assert.deepEqual(
      rows.map(({ Location }) => Location),
      ['', ''],
    );
  });

  it('runs no formula and hides no character', () => {
    const [row] = inventory([finding('pass', { resource: '=HYPERLINK("x")\u202e' })]);
    assert.match(row?.['UNIQUE ASSET IDENTIFIER'] ?? '', /^'=HYPERLINK\("x"\)\ufffd/);
  });
});

describe('the control matrix', () => {
  const matrix = (findings: readonly Finding[]) =>
    rowsOf(
      matrixCsv({
        findings,
        selected: ['ac-2', 'sc-12', 'sc-28.1'],
        controls: [{ id: 'sc-12', label: 'SC-12', title: 'Cryptographic Keys' }],
      }),
    );

  it('counts what was judged for each control of the baseline, and leaves the status to people', () => {
    const rows = matrix(
      (['pass', 'fail', 'unknown', 'error', 'waived', 'not-applicable'] as const).map((v) => finding(v)),
    );
    assert.deepEqual(
      rows.map((row) => row['Control ID']),
      ['AC-2', 'SC-12', 'SC-28(1)'],
    );
    const [none, some] = rows;
    assert.equal(none?.Remarks, 'Not judged in this run.');
    assert.deepEqual(
      ['Requirements met', 'Requirements not met', 'Undecided', 'Deviations accepted'].map((name) => some?.[name]),
      ['1', '1', '2', '1'],
    );
    assert.ok(rows.every((row) => row['Implementation Status'] === '' && row['Control Origination'] === ''));
  });

  it('does not call judged what only did not apply', () =>
    assert.equal(matrix([finding('not-applicable')])[1]?.Remarks, 'Not judged in this run.'));
});
