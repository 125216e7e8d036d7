import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import type { Member } from '#model/bundle.js';
import { formulaLike } from '#report/table-text.js';
import { sealBundle } from '../../src/evidence/bundle.js';
import { parseEnvelope } from '../../src/evidence/dsse.js';
import { generateKey } from '../../src/evidence/key.js';
import { parseManifest } from '../../src/evidence/manifest.js';
import { localSigner } from '../../src/evidence/sign.js';
import { parseStatement } from '../../src/evidence/statement.js';
import { readUstar } from '../../src/evidence/ustar.js';
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

  it('is in workbooks with the same cells, none of them a formula', () => {
    for (const name of ['poam', 'inventory', 'control-matrix']) {
      const rows: string[][] = parse(show(`report/${name}.csv`));
      const bytes = readUstar(readFileSync(desk.path('e.tar'))).files.find(
        ({ path }) => path === `report/${name}.xlsx`,
      )?.bytes;
      const [page = {}] = Object.values(read(bytes, { cellFormula: true }).Sheets);
      const cells = utils.sheet_to_json<string[]>(page, { header: 1, defval: '' });
      assert.deepEqual(
        cells.map((row) => row.map((cell) => (formulaLike(cell) ? `'${cell}` : cell))),
        rows,
        name,
      );
      assert.ok(Object.entries(page).every(([key, { t, f }]) => key.startsWith('!') || (t === 's' && f === undefined)));
    }
    assert.match(show('report/poam.csv'), /"'=Platform, team"/);
  });

  it('keeps its controls from being more than planned in the system security plan', () => {
    const plan = JSON.parse(show('oscal/system-security-plan.json'))['system-security-plan'];
    const all: { 'control-id': string; 'by-components': { 'implementation-status': { state: string } }[] }[] =
      plan['control-implementation']['implemented-requirements'];
    const states = (id: string) =>
      all
        .find((each) => each['control-id'] === id)
        ?.['by-components'].map((each) => each['implementation-status'].state);
    assert.deepEqual(states('au-11'), ['planned']);
    assert.match(show('oscal/assessment-plan.json'), /"import-ssp":\{"href":"system-security-plan.json"/);
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

  it('keeps the day a weakness was known of first, where earlier evidence is given', () => {
    const ago = Math.floor(Date.now() / 1000) - 20 * 86_400;
    const seal = (out: string, environment = {}, ...more: string[]) =>
      desk.rampart(
        ['evidence', 'create', 'logs.yaml', '--key', 'keys/rampart.key.pem', '--out', out, ...more],
        environment,
      );
    desk.write('none.yaml', 'waivers: []\n');
    assert.equal(seal('old.tar', { SOURCE_DATE_EPOCH: String(ago) }, '--waivers', 'none.yaml').exit, 0);
    assert.equal(seal('new.tar', {}, '--since', 'old.tar').exit, 0);
    const rows: string[][] = parse(desk.rampart(['evidence', 'show', 'new.tar', '--file', 'report/poam.csv']).stdout);
    const at = rows[0]?.indexOf('Original Detection Date') ?? -1;
    assert.deepEqual([...new Set(rows.slice(1).map((row) => row[at]))], [day(-20)], 'what is waived now as well');
    const verified = desk.rampart(['evidence', 'verify', 'new.tar', '--trust', 'keys/rampart.trust.json', '--rebuild']);
    assert.equal(verified.exit, 0, verified.stdout);
  });

  it('takes no days from a plan of action that cannot be read, and says so', async () => {
    const files = new Map(readUstar(readFileSync(desk.path('old.tar'))).files.map(({ path, bytes }) => [path, bytes]));
    const bytesOf = (path: string): Uint8Array => files.get(path) ?? new Uint8Array(0);
    const { members } = parseManifest(bytesOf('manifest.json'));
    const { verdict: _, ...predicate } = parseStatement(
      parseEnvelope(bytesOf('attestations/bundle.dsse.json')).payload,
    ).predicate;
    const { privateKeyPem } = generateKey('ecdsa-p256-sha256');
    const risk = '00000000-0000-4000-8000-000000000000';
    const plans = [
      '{',
      '[]',
      '{"plan-of-action-and-milestones":{"risks":{}}}',
      '{"plan-of-action-and-milestones":{"risks":[7]}}',
    ];
    for (const plan of [
      ...plans,
      `{"plan-of-action-and-milestones":{"risks":[{"uuid":"${risk}","props":[{"name":"detected","value":"soon"}]}]}}`,
    ]) {
      const own = members.map(({ path, mediaType, role, derivedFrom }): Member => {
        const bytes = path === 'oscal/poam.json' ? Buffer.from(plan) : bytesOf(path);
        return { path, bytes, mediaType, role, derivedFrom };
      });
      const request = { members: own, artifacts: [], predicate, signers: [localSigner(privateKeyPem)] };
      desk.write('odd.tar', (await sealBundle(request)).archive);
      const made = desk.rampart([
        ...[
          'evidence',
          'create',
          'logs.yaml',
          '--key',
          'keys/rampart.key.pem',
          '--out',
          'never.tar',
          '--since',
          'odd.tar',
        ],
      ]);
      assert.equal(made.exit, 3, plan + made.stderr);
      assert.match(made.stderr, /odd\.tar holds a plan of action and milestones that cannot be read/);
    }
  });
});
