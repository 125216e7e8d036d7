import assert from 'node:assert/strict';
import { Desk } from './command-line.js';

const day = (fromNow: number): string => new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);

describe('a waived finding in sealed evidence', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const show = (file: string) => desk.rampart(['evidence', 'show', 'e.tar', '--file', file]).stdout;

  before(() => {
    desk.write(
      'logs.yaml',
      'Resources:\n  K: {Type: AWS::KMS::Key}\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1, KmsKeyId: !GetAtt K.Arn}}\n',
    );
    const added = desk.rampart([
      ...[
        'waiver',
        'add',
        'log-group-retention',
        '--resource',
        'L',
        '--owner',
        '=Platform, team',
        '--approver',
        'ISSO',
      ],
      ...['--reason', 'Holds no audit records', '--expires', day(30), '--ticket', 'POAM-42'],
    ]);
    assert.equal(added.exit, 0, added.stderr);
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys']).exit, 0);
    const made = desk.rampart([
      ...['evidence', 'create', 'logs.yaml', '--key', 'keys/rampart.key.pem', '--out', 'e.tar'],
    ]);
    assert.equal(made.exit, 0, made.stderr);
  });

  it('is a row of the POA&M with its owner, end, reason and ticket', () => {
    const [head = '', ...rows] = show('report/poam.csv').trim().split('\r\n');
    assert.match(
      head,
      /^POAM ID,Controls,Weakness Name,[\s\S]*,Auto-Approve,Binding Operational Directive 22-01 tracking,Binding Operational Directive 22-01 Due Date,CVE$/,
    );
    const row = rows.find((each) => each.includes('log-group-retention')) ?? '';
    assert.match(row, /^[0-9a-f-]{36},"?AU-11/);
    assert.ok(row.includes(`"'=Platform, team"`), row);
    for (const cell of ['L (AWS::Logs::LogGroup', day(30), 'Holds no audit records', 'POAM-42', 'Moderate'])
      assert.ok(row.includes(cell), `${cell} in ${row}`);
    assert.ok(row.includes(`Deviation accepted by ISSO on ${day(0)} until ${day(30)}.`), row);
    assert.ok(rows.length > 1, 'what is open is there too');
  });

  it('is the same risk in the OSCAL document, and waived in every other part', () => {
    const oscal = JSON.parse(show('oscal/assessment-results.json'));
    const risks: { uuid: string; status: string; deadline?: string }[] = oscal['assessment-results'].results[0].risks;
    const risk = risks.find(({ status }) => status === 'deviation-approved');
    assert.equal(risk?.deadline, `${day(30)}T23:59:59Z`);
    const rows = show('report/poam.csv').trim().split('\r\n').slice(1);
    assert.deepEqual(rows.map((row) => row.slice(0, 36)).sort(), risks.map(({ uuid }) => uuid).sort());
    const plan = JSON.parse(show('oscal/poam.json'))['plan-of-action-and-milestones'];
    assert.deepEqual(plan.risks, risks);
    assert.match(show('oscal/assessment-results.json'), /"import-ap":\{"href":"assessment-plan.json"\}/);
    assert.match(show('report/inventory.csv'), /^UNIQUE ASSET IDENTIFIER,[\s\S]*\r\n"?L \(AWS::Logs::LogGroup/);
    assert.match(show('report/control-matrix.csv'), /\r\nAU-11,/);
    const { findings } = JSON.parse(show('results/findings.json'));
    const [waived] = findings.filter((each: { verdict: string }) => each.verdict === 'waived');
    assert.equal(waived.waiver.ticket, 'POAM-42');
    assert.equal(show('inputs/waivers/rampart-waivers.yaml'), desk.read('rampart-waivers.yaml'));
    assert.match(show('results/rampart.sarif'), /Holds no audit records/);
    assert.match(show('report/index.html'), /Holds no audit records/);
  });
});
