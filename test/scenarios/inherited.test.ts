import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import { Desk } from './command-line.js';

const section = (...statements: readonly (readonly [requirement: string, seen: string])[]): string =>
  `inherited:\n${statements.map(([requirement, seen]) => `  - {requirement: ${requirement}, from: Landing zone, reference: "=SSP AU-12", seen: "${seen}"}\n`).join('')}`;
const today = new Date().toISOString().slice(0, 10);
const needed = ['cloudtrail-data-events', 'vpc-endpoints-required', 'key-deletion-alarm', 'endpoint-alarms'] as const;

describe('what somebody else provides', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  const starter = desk.read('rampart.yaml');
  before(() => {
    desk.write(
      't.yaml',
      'Resources: {T: {Type: "AWS::CloudTrail::Trail", Properties: {IsLogging: true, S3BucketName: b}}}\n',
    );
    desk.write('none.yaml', 'Resources: {W: {Type: "AWS::CloudFormation::WaitConditionHandle"}}\n');
    desk.rampart(['evidence', 'keygen', '--out', '.', '--name', 'own']);
  });
  after(() => desk.clear());
  const state = (...statements: [string, string][]): string =>
    desk.write('rampart.yaml', starter + section(...statements));

  it('is told in every report to be read, and blocks nothing', () => {
    state(...needed.map((id): [string, string] => [id, today]));
    const by = needed.flatMap((id) => ['--requirement', id]);
    const human = desk.rampart(['check', 'none.yaml', ...by, '--allow-empty']);
    assert.equal(human.exit, 0, human.stdout + human.stderr);
    assert.match(human.stdout, /inherited high {2}cloudtrail-data-events/);
    assert.match(human.stdout, /comes from Landing zone \(=SSP AU-12\), as the system file says/);
    assert.match(human.stdout, / · 4 inherited\n/);
    assert.doesNotMatch(human.stdout, /^ +fix /m);
    const written = (format: string) => desk.rampart(['check', 'none.yaml', ...by, '--format', format]).stdout;
    assert.match(written('markdown'), /\*\*inherited\*\* high `cloudtrail-data-events`/);
    assert.match(written('junit'), /<skipped message="comes from Landing zone/);
    assert.match(written('csv'), /not-applicable,high,cloudtrail-data-events,.*comes from Landing zone/);
    assert.match(written('hdf'), /"skip_message": "comes from Landing zone/);
    assert.match(written('github'), / · 4 inherited/);
    assert.match(written('sarif'), /"results": \[\]/);
  });

  it('is nothing judged where there is nothing else', () => {
    state(...needed.map((id): [string, string] => [id, today]));
    const { exit, stdout } = desk.rampart(['check', 'none.yaml', ...needed.flatMap((id) => ['--requirement', id])]);
    assert.equal(exit, 4, stdout);
    assert.match(stdout, /^NOTHING JUDGED/m);
  });

  it('is unknown once nobody has looked for a year, and missing for whoever states something else', () => {
    state(['cloudtrail-data-events', '2024-01-01']);
    const { exit, stdout } = desk.rampart(['check', 't.yaml', '--format', 'json']);
    assert.equal(exit, 1);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    const missing = findings
      .filter(({ type }) => type === 'system')
      .map(({ requirement, verdict }) => [requirement, verdict]);
    assert.deepEqual(missing.sort(), [
      ['cloudtrail-data-events', 'unknown'],
      ['endpoint-alarms', 'fail'],
      ['key-deletion-alarm', 'fail'],
      ['vpc-endpoints-required', 'fail'],
    ]);
  });

  it('says the same in shares', () => {
    state(['cloudtrail-data-events', today]);
    const whole = desk.rampart(['check', 't.yaml', 'none.yaml', '--format', 'json']);
    for (const share of [1, 2]) {
      const { stdout } = desk.rampart(['check', 't.yaml', 'none.yaml', '--format', 'json', '--shard', `${share}/2`]);
      desk.write(`${share}.json`, stdout);
    }
    assert.equal(desk.rampart(['merge', '1.json', '2.json', '--format', 'json']).stdout, whole.stdout);
    assert.match(whole.stdout, /"not-applicable"/);
  });

  for (const [what, statements, said] of [
    [
      'an unknown requirement',
      [['cloudtrail-data-event', today]],
      /is not a requirement\. Did you mean cloudtrail-data-events\?/,
    ],
    [
      'what asks for nothing that may be missing',
      [['kms-key-rotation', today]],
      /"kms-key-rotation" is about what is there/,
    ],
    [
      'what the system does not need',
      [['mantle-data-events', today]],
      /is for endpoints of kind bedrock-mantle; the system has none/,
    ],
    [
      'one thing twice',
      [
        ['endpoint-alarms', today],
        ['endpoint-alarms', today],
      ],
      /inherited\[1\]\.requirement: "endpoint-alarms" is stated twice/,
    ],
    [
      'a day that is none',
      [['endpoint-alarms', '2026-02-30']],
      /inherited\[0\]\.seen: "2026-02-30" is not a day of the calendar/,
    ],
  ] as [string, [string, string][], RegExp][]) {
    it(`is refused for ${what}`, () => {
      state(...statements);
      const { exit, stderr } = desk.rampart(['check', 't.yaml']);
      assert.equal(exit, 3);
      assert.match(stderr, said);
    });
  }

  it('is a statement in evidence, no weakness, and no support', () => {
    state(['cloudtrail-data-events', today]);
    const made = desk.rampart(['evidence', 'create', 't.yaml', '--key', 'own.key.pem', '--out', 'b.evb.tar']);
    assert.equal(made.exit, 0, made.stderr);
    const member = (name: string): string => desk.rampart(['evidence', 'show', 'b.evb.tar', '--file', name]).stdout;
    assert.doesNotMatch(member('report/poam.csv'), /data events/i);
    const left =
      'The system file says that what cloudtrail-data-events asks for comes from Landing zone (=SSP AU-12), seen';
    assert.ok(member('report/control-matrix.csv').includes(left));
    assert.match(member('report/index.html'), /\(cloudtrail-data-events\): comes from Landing zone/);
    const ssp = JSON.parse(member('oscal/system-security-plan.json'))['system-security-plan'];
    const inherited = ssp['control-implementation']['implemented-requirements'].flatMap(
      (control: { 'control-id': string; 'by-components': { inherited?: { description: string }[] }[] }) =>
        control['by-components'].flatMap((part) =>
          (part.inherited ?? []).map(({ description }) => [control['control-id'], description]),
        ),
    );
    assert.ok(inherited.length > 0);
    for (const [control, description] of inherited) {
      assert.match(control, /^a[cu]-/);
      assert.match(
        description,
        /the system file says that this comes from Landing zone .* Rampart has not looked at it\.$/,
      );
    }
    const [results] = JSON.parse(member('oscal/assessment-results.json'))['assessment-results'].results;
    assert.equal(results.remarks.split('(cloudtrail-data-events): comes from').length, 2, results.remarks);
    for (const { methods, props } of results.observations as { methods: string[]; props: { value: string }[] }[]) {
      const isInherited = props.some(({ value }) => value === 'not-applicable');
      assert.deepEqual(methods, [isInherited ? 'UNKNOWN' : 'TEST']);
    }
    const verified = desk.rampart([
      'evidence',
      'verify',
      'b.evb.tar',
      '--trust',
      'own.trust.json',
      '--rebuild',
      '--strict',
    ]);
    assert.equal(verified.exit, 0, verified.stdout + verified.stderr);
  });
});
