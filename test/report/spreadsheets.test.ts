import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import type { Finding } from '#model/finding.js';
import { type MatrixInput, matrixTable } from '#report/control-matrix.js';
import { type InventoryInput, inventoryTable } from '#report/inventory.js';
import { type PoamRow, poamTable } from '#report/poam.js';
import { csv } from '#report/table-text.js';

const inventoryCsv = (input: InventoryInput): string => csv(inventoryTable(input));
const matrixCsv = (input: MatrixInput): string => csv(matrixTable(input));

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
        'In Latest Scan,Software/ Database Vendor,Software/ Database Name & Version,Patch Level,Diagram Label,Comments,' +
        'Serial #/Asset Tag#,VLAN/ Network ID,System Administrator/ Owner,Application Administrator/ Owner,Function,' +
        'End-of-Life\r\n',
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

  it('says that something was seen in an account only where an answer showed it', () => {
    const comments = (...findings: Finding[]) => inventory(findings).map(({ Comments }) => Comments);
    const denied: Finding = { ...live, verdict: 'unknown' };
    assert.deepEqual(comments(live), ['Seen in the live account.']);
    assert.deepEqual(comments(denied), ['Asked for in the live account, and not seen.']);
    assert.deepEqual(comments(denied, live, denied), ['Seen in the live account.']);
    assert.deepEqual(comments({ ...live, verdict: 'waived', undecided: true }), [
      'Asked for in the live account, and not seen.',
    ]);
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

describe('the plan of action and milestones', () => {
  it('has the columns of FedRAMP’s template, those of its release 3.0 in their order', () => {
    const [head = []] = poamTable({ rows: [], contact: '', toolVersion: '', time: '' });
    assert.equal(
      head.join(),
      'POAM ID,Controls,Weakness Name,Weakness Description,Weakness Detector Source,Weakness Source Identifier,' +
        'Asset Identifier,Point of Contact,Resources Required,Overall Remediation Plan,Original Detection Date,' +
        'Scheduled Completion Date,Planned Milestones,Milestone Changes,Status Date,Vendor Dependency,' +
        'Last Vendor Check-in Date,Vendor Dependent Product Name,Original Risk Rating,Adjusted Risk Rating,' +
        'Risk Adjustment,False Positive,Operational Requirement,Deviation Rationale,Supporting Documents,Comments,' +
        'Auto-Approve,Binding Operational Directive 22-01 tracking,Binding Operational Directive 22-01 Due Date,CVE',
    );
    // FedRAMP’s post of 2022-06-28 names these columns by their letters.
    assert.deepEqual([head[28], head[29]], ['Binding Operational Directive 22-01 Due Date', 'CVE'], 'AC and AD');
  });

  it('begins with what is worst', () => {
    const row = (id: string, severity: Finding['severity'], requirement: string, resource: string) => ({
      id,
      findings: [finding('fail', { severity, requirement, resource })],
      open: true,
      detected: '2026-11-20',
    });
    const rows = [
      row('5', 'low', 'a', 'A'),
      row('4', 'high', 'b', 'A'),
      row('3', 'high', 'a', 'B'),
      row('2', 'high', 'a', 'A'),
      row('7', 'critical', 'z', 'Z'),
      row('6', 'high', 'a', 'A'),
    ];
    for (const given of [rows, rows.toReversed()]) {
      const [, ...found] = poamTable({ rows: given, contact: '', toolVersion: '', time: '' });
      assert.deepEqual(
        found.map(([id]) => id),
        ['7', '2', '3', '6', '4', '5'],
      );
    }
  });

  const cellsOf = (row: PoamRow): Record<string, string> => {
    const [head = [], cells = []] = poamTable({
      rows: [row],
      contact: 'c',
      toolVersion: '',
      time: '2026-11-20T08:00:00Z',
    });
    return Object.fromEntries(head.map((name, at) => [name, cells[at] ?? '']));
  };

  it('calls a weakness by what is wrong', () => {
    const named = (verdict: Finding['verdict'], open = true) =>
      cellsOf({ id: 'w', findings: [finding(verdict)], open, detected: '2026-11-20' })['Weakness Name'];
    assert.equal(named('fail'), 'Not met: Keys rotate');
    assert.equal(named('unknown'), 'Not shown to be met: Keys rotate');
    assert.equal(named('error'), 'Not shown to be met: Keys rotate');
    assert.equal(named('waived', false), 'Not met, deviation accepted: Keys rotate');
  });

  it('rates by the three words of the template, and says where Rampart has a fourth', () => {
    const rated = (severity: Finding['severity']) => {
      const cells = cellsOf({ id: 'w', findings: [finding('fail', { severity })], open: true, detected: '2026-11-20' });
      return [cells['Original Risk Rating'], /Rampart’s severity is critical/.test(cells.Comments ?? '')];
    };
    assert.deepEqual(
      ['critical', 'high', 'medium', 'low'].map((each) => rated(each as Finding['severity'])),
      [
        ['High', true],
        ['High', false],
        ['Moderate', false],
        ['Low', false],
      ],
    );
  });

  it('gives the earliest day a weakness is known of, and says when that is only the day of the run', () => {
    const dated = (detected: string) => {
      const cells = cellsOf({ id: 'w', findings: [finding('fail')], open: true, detected });
      return [cells['Original Detection Date'], /an earlier date than that of this run/.test(cells.Comments ?? '')];
    };
    assert.deepEqual(dated('2026-11-20'), ['2026-11-20', true]);
    assert.deepEqual(dated('2026-09-01'), ['2026-09-01', false]);
  });

  it('has one row for a weakness, with all its assets, and says of how many what is true', () => {
    const findings = [
      finding('fail', { resource: 'B', reason: 'is off' }),
      finding('fail', { resource: 'A', reason: 'is off' }),
      finding('unknown', { resource: 'A', reason: 'is open', branch: 'when Prod' }),
    ];
    const [head = [], ...rows] = poamTable({
      rows: [{ id: 'w', findings, open: true, detected: '2026-11-20' }],
      contact: 'c',
      toolVersion: '',
      time: '',
    });
    const cell = (name: string): string | undefined => rows[0]?.[head.indexOf(name)];
    assert.equal(rows.length, 1);
    assert.match(cell('Asset Identifier') ?? '', /^A \(.*\); B \([^;]*\)$/);
    assert.equal(cell('Weakness Description'), 'is off (2 of 3); is open when Prod (1 of 3)');
    assert.match(
      cell('Comments') ?? '',
      /^Not met\. \(2 of 3\) Could not be decided, so it is treated as not met\. \(1 of 3\)/,
    );
  });

  it('goes on in another row where a cell would not hold the assets, and leaves none out', () => {
    const names = Array.from({ length: 2000 }, (_, at) => `Resource${at}WithALongName`);
    const findings = names.map((resource) => finding('fail', { resource }));
    const [head = [], ...rows] = poamTable({
      rows: [{ id: 'w', findings, open: true, detected: '2026-11-20' }],
      contact: '',
      toolVersion: '',
      time: '',
    });
    const at = head.indexOf('Asset Identifier');
    assert.ok(rows.length > 1 && rows.every((row) => (row[at] ?? '').length <= 32_767));
    assert.deepEqual(rows.map(([id]) => id).sort(), rows.map((_, nth) => (nth === 0 ? 'w' : `w (${nth + 1})`)).sort());
    const told = rows.flatMap((row) => (row[at] ?? '').split('; ').map((asset) => asset.split(' ')[0]));
    assert.deepEqual(told.sort(), names.sort());
  });
});

describe('the control matrix', () => {
  const input = (findings: readonly Finding[]): MatrixInput => ({
    findings,
    selected: ['ac-2', 'at-2', 'sc-12', 'sc-28.1'],
    controls: [{ id: 'sc-12', label: 'SC-12', title: 'Cryptographic Keys' }],
    requirements: [
      { id: 'kms-key-rotation', controls: [{ id: 'sc-12', basis: 'own' }] },
      { id: 'iam-no-admin', controls: [{ id: 'ac-2', basis: 'own' }] },
    ],
    natures: { natures: { people: 'the training of people' }, families: { at: 'people' }, exceptions: {} },
  });
  const none: MatrixInput = { ...input([]), selected: [] };
  const matrix = (findings: readonly Finding[]) => rowsOf(matrixCsv(input(findings)));
  const of = (control: string, findings: readonly Finding[]): Record<string, string> =>
    matrix(findings).find((row) => row['Control ID'] === control) ?? {};

  it('counts what was judged for each control of the baseline, and leaves the status to people', () => {
    const rows = matrix(
      (['pass', 'fail', 'unknown', 'error', 'waived', 'not-applicable'] as const).map((v) => finding(v)),
    );
    assert.deepEqual(
      rows.map((row) => row['Control ID']),
      ['AC-2', 'AT-2', 'SC-12', 'SC-28(1)'],
    );
    const some = rows[2];
    assert.deepEqual(
      ['Checks passed', 'Checks failed', 'Checks undecided', 'Deviations accepted'].map((name) => some?.[name]),
      ['1', '1', '2', '1'],
    );
    for (const name of matrixTable(none)[0]?.slice(2, 16) ?? [])
      assert.ok(
        rows.every((row) => row[name] === ''),
        name,
      );
  });

  it('says of each control what settings show of it, by which requirements, and where that was judged', () => {
    const sourced = [{ id: 'sc-12', basis: 'sourced' as const, source: 'AWS Security Hub KMS.4' }];
    const other = { requirement: 'kms-key-policy', title: 'Keys name who may use them', controls: sourced };
    const all = [finding('pass'), finding('pass', { ...other, position: { file: 'b.yaml', line: 1, column: 1 } })];
    const good = of('SC-12', all);
    assert.equal(good['Support shown'], 'Yes, as far as judged: all 2 checks of 2 requirements hold.');
    assert.equal(
      good.Requirements,
      'kms-key-policy, Keys name who may use them: 1 pass (mapped by AWS Security Hub KMS.4); kms-key-rotation, Keys rotate: 1 pass (mapped by Rampart)',
    );
    assert.equal(good['Judged in'], 'a.yaml (1); b.yaml (1)');
    const bad = of('SC-12', [...all, finding('fail', other), { ...live, verdict: 'unknown' as const }]);
    assert.equal(
      bad['Support shown'],
      'In part: 2 of 4 checks of 2 requirements hold. Not met: kms-key-policy. Not shown to be met: kms-key-rotation.',
    );
    assert.equal(bad['Judged in'], 'a.yaml (2); b.yaml (1); the live account (1)');
    const waived = of('SC-12', [finding('waived')]);
    assert.equal(
      waived['Support shown'],
      'No: none of 1 check of 1 requirement holds. Deviation accepted: kms-key-rotation.',
    );
  });

  it('says of what was not judged whether anything could be, and what stays for people', () => {
    assert.equal(of('AC-2', [])['Support shown'], 'Not judged in this run.');
    assert.equal(of('AC-2', []).Requirements, 'None judged. Speaking of it: iam-no-admin');
    const people = of('AT-2', []);
    assert.equal(people.Requirements, 'None of Rampart’s.');
    assert.match(people['Left for people'] ?? '', /^All of it: the training of people\. Status and origination\.$/);
    assert.match(
      of('SC-12', [finding('pass')])['Left for people'] ?? '',
      /^What the control asks beyond these settings: /,
    );
  });

  it('names a few files of a fleet, and says how many more there are', () => {
    const fleet = Array.from({ length: 400 }, (_, at) =>
      finding('pass', { position: { file: `stacks/${at}.yaml`, line: 1, column: 1 } }),
    );
    assert.match(of('SC-12', fleet)['Judged in'] ?? '', /; and \d+ more files$/);
  });

  it('has the columns of FedRAMP’s CIS and CRM worksheets, in their order', () =>
    assert.equal(
      matrixCsv(none),
      'Control ID,Control Title,Implemented,Partially Implemented,Planned,Alternative Implementation,N/A,' +
        'Service Provider Corporate,Service Provider System Specific,' +
        'Service Provider Hybrid (Corporate and System Specific),Configured by Customer (Customer System Specific),' +
        'Provided by Customer (Customer System Specific),Shared (Service Provider and Customer Responsibility),' +
        'Inherited from pre-existing FedRAMP Authorization,Can Be Inherited from CSP,' +
        'Specific Inheritance and Customer Agency/CSP Responsibilities,Support shown,Requirements,Judged in,' +
        'Checks passed,Checks failed,Checks undecided,Deviations accepted,Left for people\r\n',
    ));

  it('does not call judged what only did not apply', () =>
    assert.equal(of('SC-12', [finding('not-applicable')])['Support shown'], 'Not judged in this run.'));
});
