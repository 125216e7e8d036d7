import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { Desk } from './command-line.js';

const levels = ['a', 'b', 'c', 'd', 'e', 'f'];
const bomb = levels
  .map(
    (name, at) =>
      `${name}: &${name} [${Array(10)
        .fill(at === 0 ? 'x' : `*${levels[at - 1]}`)
        .join(', ')}]`,
  )
  .join('\n');

/** What is wrong with a file → its content and what the gate says of it. */
const unreadable: Readonly<Record<string, [content: string | Uint8Array, said: RegExp]>> = {
  empty: ['', /empty/],
  binary: [new Uint8Array([0x89, 0, 1, 2, 255]), /binary/],
  'of 50 MB': [new Uint8Array(50 * 1024 * 1024).fill(97), /larger than 16 MiB/],
  'a bomb': [bomb, /aliases stand for more than/],
  'of duplicate keys': ['Resources:\n  A: {Type: AWS::KMS::Key}\n  A: {Type: AWS::KMS::Key}\n', /:3:3.*stands twice/],
  'of unknown tags': ['Resources:\n  A: !Foo bar\n', /:2:6.*tag !Foo/],
  'not closed': ['Resources: {A: [', /not readable as YAML or JSON/],
  'deeply nested': [`Resources: ${'['.repeat(2000)}`, /not readable/],
  'no manifest': ['hello: world\n', /not a CloudFormation template/],
  'of a Helm chart': ['apiVersion: v1\nkind: Pod\nmetadata: {{ .Values.x }}\n', /Helm chart template.*rampart check -/],
  'of an ARM template': ['{"$schema": "x", "contentVersion": "1"}', /ARM template/],
};

describe('bad input', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());

  for (const [what, [content, said]] of Object.entries(unreadable)) {
    it(`a file ${what} is exit 3 with a sentence`, () => {
      const { exit, stdout, stderr } = desk.rampart(['check', desk.write('input.yaml', content)]);
      assert.equal(exit, 3);
      assert.match(stdout, said);
      assert.doesNotMatch(stdout + stderr, /\n {4}at /);
    });
  }

  it('one bad file does not hide the others', () => {
    desk.write('bad.yaml', 'Resources: {A: [');
    desk.write('good.yaml', 'Resources:\n  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n');
    const { exit, stdout } = desk.rampart([
      'check',
      'bad.yaml',
      'good.yaml',
      '--baseline',
      'fedramp-rev5-moderate',
      '--format',
      'json',
    ]);
    assert.equal(exit, 3);
    const { findings } = JSON.parse(stdout);
    assert.ok(
      findings.some(
        (each: { requirement: string; verdict: string }) =>
          each.requirement === 'log-group-retention' && each.verdict === 'fail',
      ),
    );
  });

  it('nothing judged is exit 4, unless that is allowed', () => {
    desk.write(
      'nothing.yaml',
      'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  W: {Type: AWS::CloudFormation::WaitConditionHandle}\n',
    );
    const args = ['check', 'nothing.yaml', '--baseline', 'fedramp-rev5-moderate'];
    assert.equal(desk.rampart(args).exit, 4);
    assert.equal(desk.rampart([...args, '--allow-empty']).exit, 0);
    mkdirSync(desk.path('empty'));
    const { exit, stdout } = desk.rampart(['check', 'empty']);
    assert.equal(exit, 4);
    assert.match(
      stdout,
      /Give CloudFormation or ARM templates, Kubernetes manifests, or the JSON of a Terraform plan\./,
    );
  });

  it('parameters settle what is unknown, and a failing default is not hidden', () => {
    desk.write(
      'p.yaml',
      'Parameters:\n  Days: {Type: Number}\nResources:\n  L: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {RetentionInDays: !Ref Days, KmsKeyId: alias/logs}}\n',
    );
    const check = (...more: string[]) =>
      desk.rampart(['check', 'p.yaml', '--baseline', 'fedramp-rev5-moderate', ...more]);
    const open = check();
    assert.equal(open.exit, 1);
    assert.match(open.stdout, /unknown.*log-group-retention[\s\S]*parameter Days/);
    desk.write('cli.json', JSON.stringify([{ ParameterKey: 'Days', ParameterValue: '400' }]));
    assert.equal(check('--parameters', 'cli.json').exit, 0);
    desk.write('pipeline.json', JSON.stringify({ Parameters: { Days: 30 } }));
    assert.equal(check('--parameters', 'pipeline.json').exit, 1);
  });

  const mistakes: readonly [args: string[], exit: number, said: RegExp][] = [
    [['frob'], 2, /rampart has no command frob/],
    [['check', 'x.yaml', '--baseline', 'a', '--baseline', 'b'], 2, /--baseline can only be specified once/],
    [['check', '--nope'], 2, /Nonexistent flag: --nope/],
    [['check'], 2, /^Error: Missing 1 required arg:\npath {2}.*\n {2}See: rampart check --help/],
    [['evidence', 'create'], 2, /See: rampart evidence create --help/],
    [['check', 'nosuch.yaml'], 3, /nosuch\.yaml/],
    [['check', 'rampart.yaml', '--baseline', 'fedramp-rev5-modrate'], 2, /fedramp-rev5-moderate/],
    [['plan', '--system', 'nosuch.yaml'], 3, /does not exist/],
    [['plan', '--system', 'rampart.yaml/x'], 3, /not a folder/],
    [['explain', 'kms-key-rotatio'], 2, /Did you mean kms-key-rotation/],
    [['init', '--yes', '--out', 'new.yaml'], 2, /--organization is needed/],
    [['render', '--out', 'rampart.yaml/x'], 2, /not a folder/],
    [['evidence', 'verify', 'nosuch.tar'], 3, /nosuch\.tar/],
  ];
  for (const [args, exit, said] of mistakes) {
    it(`rampart ${args.join(' ')} is exit ${exit}, in words and as JSON`, () => {
      const words = desk.rampart(args);
      assert.equal(words.exit, exit);
      assert.match(words.stderr + words.stdout, said);
      assert.doesNotMatch(words.stderr, /\n {4}at /);
      if (!['plan', 'render'].includes(args[0] ?? '')) return;
      const json = desk.rampart([...args, '--json']);
      assert.equal(json.exit, exit);
      assert.equal(typeof JSON.parse(json.stdout).error.code, 'string');
    });
  }

  it('says how to begin where there is no system file yet', () => {
    const bare = new Desk();
    rmSync(bare.path('rampart.yaml'));
    const { exit, stderr } = bare.rampart(['plan']);
    bare.clear();
    assert.equal(exit, 3);
    assert.match(stderr, /There is no rampart\.yaml in the current folder\.\n {2}Make one with rampart init/);
  });

  it('writes a first system file that plans', () => {
    const flags = [
      '--name',
      'Case "work": #1',
      '--id',
      'casework',
      '--organization',
      'Example Agency',
      '--contact',
      'isso@agency.example.gov',
    ];
    const { exit, stderr } = desk.rampart(['init', '--yes', '--out', 'first.yaml', ...flags]);
    assert.equal(exit, 0, stderr);
    assert.ok(existsSync(desk.path('first.yaml')));
    assert.equal(desk.rampart(['plan', '--system', 'first.yaml']).exit, 0);
  });
});

describe('a waiver that has run out', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());

  it('is not revived by a pinned time', () => {
    desk.write(
      'logs.yaml',
      'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1, KmsKeyId: alias/logs}}\n',
    );
    const waiver =
      'waivers:\n  - {requirement: log-group-retention, resource: L, owner: o, approver: a, reason: trial, expires: "2020-01-31"}\n';
    desk.write('rampart.yaml', readFileSync(desk.path('rampart.yaml'), 'utf8') + waiver);
    const { stdout } = desk.rampart(['check', 'logs.yaml'], { SOURCE_DATE_EPOCH: '1577836800' });
    assert.match(stdout, /fail medium {2}log-group-retention/);
    assert.match(stdout, /its waiver ran out on 2020-01-31/);
  });
});
