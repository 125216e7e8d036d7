import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Desk } from './command-line.js';

const dated = 'source: seen in the console, date: "2026-11-01"';

describe('a boundary file of one’s own', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => {
    desk.write('future.yaml', 'Resources:\n  F: {Type: AWS::Bedrock::NotYetAnnounced}\n');
    desk.write('types.yaml', `types: [{ids: [AWS::Bedrock::NotYetAnnounced], regions: [us-gov-west-1], ${dated}}]\n`);
    desk.write(
      'lacking.yaml',
      `types: [{ids: [AWS::Bedrock::NotYetAnnounced], regions: [], lacking: [us-gov-east-1, us-gov-west-1], ${dated}}]\n`,
    );
    desk.write('north.yaml', `types: [{ids: [AWS::A::B], regions: [us-gov-north-1], ${dated}}]\n`);
    desk.write(
      'partition.yaml',
      `partitions: [{id: aws-us-gov, regions: [us-gov-east-1, us-gov-north-1, us-gov-west-1], dnsSuffix: amazonaws.com, ${dated}}]\n`,
    );
    mkdirSync(desk.path('data'));
    desk.write('data/models.yaml', `models: [{id: vendor.new-v1, regions: [us-gov-west-1], ${dated}}]\n`);
    const system = desk.read('rampart.yaml');
    const named = system.replace(/( +)partition: aws-us-gov\n/, '$&$1data: data/models.yaml\n');
    desk.write('named.yaml', named.replace(/model: .*/, 'model: vendor.new-v1'));
    desk.write('unnamed.yaml', system.replace(/model: .*/, 'model: vendor.new-v1'));
    desk.write('gone.yaml', named.replace('data/models.yaml', 'data/none.yaml'));
    desk.write(
      'north-system.yaml',
      system.replace('regions: [us-gov-west-1]', 'regions: [us-gov-west-1, us-gov-north-1]'),
    );
  });
  after(() => desk.clear());
  const baseline = ['--baseline', 'fedramp-rev5-moderate', '--format', 'json'];
  const check = (...args: string[]) => desk.rampart(['check', 'future.yaml', ...baseline, ...args]);

  it('settles what was unknown, by the last file that speaks of it, and the result names it', () => {
    const without = check();
    assert.equal(without.exit, 1);
    const before = JSON.parse(without.stdout);
    assert.match(before.findings[0].reason, /is not in the boundary data: .*--boundary/);
    assert.equal(before.findings[0].verdict, 'unknown');
    assert.equal(before.boundary.data, undefined);
    const stated = check('--boundary', 'types.yaml');
    assert.equal(stated.exit, 4, 'that a type exists is no judgement');
    const after = JSON.parse(stated.stdout);
    assert.match(after.boundary.data[0], /^types\.yaml \(sha256:[0-9a-f]{64}\)$/);
    assert.match(after.controlData, /^[0-9a-f]{64}$/);
    assert.notEqual(after.controlData, before.controlData);
    const both = check('--boundary', 'types.yaml', '--boundary', 'lacking.yaml');
    assert.equal(both.exit, 1);
    const [finding] = JSON.parse(both.stdout).findings;
    assert.equal(finding.verdict, 'fail');
    assert.match(finding.reason, /seen in the console, 2026-11-01/);
    const human = desk.rampart(['check', 'future.yaml', ...baseline.slice(0, 2), '--boundary', 'types.yaml']);
    assert.match(human.stdout, /your own types\.yaml/);
  });

  it('named in the system file, it is found beside that, and plan, render and check stand on it', () => {
    const { exit, stdout } = desk.rampart(['plan', '--system', 'named.yaml']);
    assert.equal(exit, 0);
    assert.match(stdout, /your own: boundary data of data\/models\.yaml \(sha256:/);
    const refused = desk.rampart(['plan', '--system', 'unnamed.yaml']);
    assert.equal(refused.exit, 3);
    assert.match(refused.stderr, /vendor\.new-v1.* is not a Bedrock model/);
    assert.equal(desk.rampart(['plan', '--system', 'unnamed.yaml', '--boundary', 'data/models.yaml']).exit, 0);
    assert.equal(desk.rampart(['render', '--system', 'named.yaml', '--out', 'deploy']).exit, 0);
    assert.equal(desk.rampart(['check', 'deploy', '--system', 'named.yaml']).exit, 0);
    const gone = desk.rampart(['plan', '--system', 'gone.yaml']);
    assert.equal(gone.exit, 3);
    assert.match(gone.stderr, /data\/none\.yaml/);
  });

  it('a model stated under boundary.models is one for the gate as well', () => {
    desk.write(
      'agent.yaml',
      'Resources:\n  A: {Type: AWS::Bedrock::Agent, Properties: {AgentName: a, FoundationModel: vendor.new-v1}}\n',
    );
    const row = `{id: vendor.new-v1, regions: [us-gov-west-1], ${dated}}`;
    const stated = desk.read('unnamed.yaml').replace(/( +)partition: aws-us-gov\n/, `$&$1models: [${row}]\n`);
    desk.write('stated.yaml', stated);
    const said = (...args: string[]) =>
      JSON.parse(desk.rampart(['check', 'agent.yaml', '--format', 'json', ...args]).stdout)
        .findings.filter(({ requirement }: { requirement: string }) => requirement === 'bedrock-model-in-region')
        .map(({ verdict }: { verdict: string }) => verdict);
    assert.deepEqual(said('--baseline', 'fedramp-rev5-moderate'), ['unknown']);
    assert.deepEqual(said('--system', 'stated.yaml', '--all'), ['pass']);
  });

  it('a region no partition has is refused with the next step, and taken once its partition is stated', () => {
    const row = desk.rampart(['check', 'future.yaml', ...baseline, '--boundary', 'north.yaml']);
    assert.equal(row.exit, 3);
    assert.match(row.stderr, /north\.yaml:1:\d+.*us-gov-north-1.*under partitions/s);
    const system = desk.rampart(['plan', '--system', 'north-system.yaml']);
    assert.equal(system.exit, 3);
    assert.match(system.stderr, /us-gov-north-1.*is not a region of aws-us-gov.*--boundary/s);
    assert.equal(desk.rampart(['plan', '--system', 'north-system.yaml', '--boundary', 'partition.yaml']).exit, 0);
  });
});
