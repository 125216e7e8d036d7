import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Log, Replacement } from 'sarif';
import { Desk } from './command-line.js';

const bare = ['--baseline', 'fedramp-rev5-moderate'];

const files: Readonly<Record<string, string>> = {
  'logs.yaml': `# 😀 characters of two units
Resources:
  L: {Type: AWS::Logs::LogGroup, Metadata: {note: "😀"}, Properties: {RetentionInDays: 7}}
  B:
    Type: AWS::S3::Bucket
  K:
    Type: AWS::KMS::Key # kept
    Properties:
      EnableKeyRotation: false
`,
  'crlf.yaml':
    '\ufeffResources:\r\n  L:\r\n    Type: AWS::Logs::LogGroup\r\n    Properties:\r\n      RetentionInDays: 7\r\n  T:\r\n    Type: AWS::CloudTrail::Trail\r\n    Properties:\r\n      IsLogging: true\r\n      S3BucketName: b',
  'template.json':
    '{\n  "Resources": {\n    "K": {"Type": "AWS::KMS::Key", "Properties": {"Enabled": false}},\n    "B": {"Type": "AWS::S3::Bucket"}\n  }\n}\n',
  'pods.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: s}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: s}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
        - name: c
          image: x:1
          securityContext: {privileged: true}
        - name: d
          image: y:1
`,
};

/** Applies replacements as SARIF means them: regions of the text as it was, in lines and UTF-16 columns from 1. */
function applied(text: string, replacements: readonly Replacement[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = (line = 1, column = 1): number => (starts[line - 1] ?? Number.NaN) + column - 1;
  const distinct = [...new Map(replacements.map((each) => [JSON.stringify(each), each])).values()];
  return distinct
    .map(({ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => ({
      start: offset(startLine, startColumn),
      end: offset(endLine, endColumn),
      text: insertedContent?.text ?? '',
    }))
    .sort((left, right) => right.start - left.start)
    .reduce((rest, { start, end, text: words }) => rest.slice(0, start) + words + rest.slice(end), text);
}

describe('fixes in SARIF', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => {
    for (const [name, text] of Object.entries(files)) desk.write(name, text);
  });
  after(() => desk.clear());
  const names = Object.keys(files);
  const log = (...args: string[]): Log => {
    const { stdout, stderr } = desk.rampart(['check', ...args, '--format', 'sarif', ...bare]);
    assert.equal(stderr, '');
    return JSON.parse(stdout);
  };
  const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  it('are valid, and together do what check --fix --yes writes', () => {
    const sarif = log(...names);
    assert.ok(validate(sarif), JSON.stringify(validate.errors));
    const fixes = (sarif.runs[0]?.results ?? []).flatMap((result) => result.fixes ?? []);
    assert.ok(fixes.length > 10, String(fixes.length));
    for (const name of names) assert.equal(desk.read(name), files[name], 'nothing is written');
    const told = new Map(
      names.map((name) => {
        const changes = fixes.flatMap(({ artifactChanges }) =>
          artifactChanges.filter(({ artifactLocation }) => artifactLocation.uri === name),
        );
        // A byte order mark is no part of the text.
        const [, mark = '', text = ''] = /^(\ufeff?)([\s\S]*)$/.exec(files[name] ?? '') ?? [];
        return [
          name,
          mark +
            applied(
              text,
              changes.flatMap(({ replacements }) => replacements),
            ),
        ];
      }),
    );
    desk.rampart(['check', ...names, '--fix', '--yes', ...bare]);
    for (const name of names) {
      assert.notEqual(desk.read(name), files[name], name);
      assert.equal(told.get(name), desk.read(name), name);
    }
    const after = log(...names);
    assert.equal((after.runs[0]?.results ?? []).filter((result) => result.fixes).length, 0);
    for (const name of names) desk.write(name, files[name] ?? '');
  });

  it('each by itself mends the result it stands at', () => {
    const whole = log('logs.yaml');
    for (const result of whole.runs[0]?.results ?? []) {
      const [fix] = result.fixes ?? [];
      if (!fix) continue;
      const [change] = fix.artifactChanges;
      desk.write('one.yaml', applied(files['logs.yaml'] ?? '', change?.replacements ?? []));
      const name = (each: NonNullable<(typeof whole.runs)[0]['results']>[0]) =>
        `${each.ruleId} ${each.locations?.[0]?.logicalLocations?.[0]?.name}`;
      const left = (log('one.yaml').runs[0]?.results ?? []).map(name);
      assert.ok(!left.includes(name(result)), name(result));
    }
  });

  it('speak of no waived finding, nor of standard input', () => {
    const fixed = (sarif: Log) =>
      (sarif.runs[0]?.results ?? []).filter((each) => each.fixes && each.ruleId === 'log-group-retention').length;
    assert.equal(fixed(log('logs.yaml')), 1);
    const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
    desk.write(
      'rampart-waivers.yaml',
      `waivers:\n  - {requirement: log-group-retention, resource: L, owner: o, approver: a, approved: "${day(-1)}", reason: r, ticket: t, expires: "${day(9)}"}\n`,
    );
    assert.equal(fixed(log('logs.yaml')), 0);
    const said = desk.rampart(['check', '-', '--format', 'sarif', ...bare], {}, { input: files['logs.yaml'] ?? '' });
    const { runs } = JSON.parse(said.stdout) as Log;
    assert.ok((runs[0]?.results ?? []).length > 3);
    assert.ok((runs[0]?.results ?? []).every((result) => result.fixes === undefined));
  });
});
