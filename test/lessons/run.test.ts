import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decide } from '#check/decide.js';
import { tolerate } from '#check/tolerate.js';
import { exitCodes } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Thresholds } from '#model/gate.js';
import { formats } from '#report/formats/index.js';
import { Desk } from '../scenarios/command-line.js';

/** Letter → the flags it has stood for since 0.1.0. A letter may be given to no other. */
const letters: Readonly<Record<string, readonly string[]>> = {
  a: ['all'],
  b: ['baseline'],
  f: ['format'],
  k: ['key'],
  o: ['out'],
  p: ['parameters'],
  s: ['system'],
  t: ['target', 'template', 'trust'],
  y: ['yes'],
};

describe('how a run ends', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  const baseline = ['--baseline', 'fedramp-rev5-moderate'];
  before(() => {
    desk.write('bad.yaml', 'Resources: {A: [');
    desk.write('logs.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n');
    desk.write('good.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 400}}\n');
    desk.write('pod.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {type: ClusterIP}\n');
  });
  after(() => desk.clear());
  const check = (...args: string[]) => desk.rampart(['check', ...args, ...baseline]);

  it('where nothing applies to a manifest is exit 4 and never PASSED', () => {
    for (const format of formats.keys()) {
      const { exit, stdout, stderr } = check('pod.yaml', '--requirement', 'log-group-kms', '--format', format);
      assert.equal(exit, exitCodes.nothingJudged, `${format}: ${stderr}`);
      assert.doesNotMatch(stdout, /\bpassed\b/i, format);
    }
  });

  it('a file that cannot be parsed is exit 3, also beside good ones', () => {
    for (const files of [['bad.yaml'], ['good.yaml', 'bad.yaml'], ['logs.yaml', 'bad.yaml', 'good.yaml']]) {
      const { exit, stdout } = check(...files, '--requirement', 'log-group-retention', '--fail-on', 'critical');
      assert.equal(exit, exitCodes.input, files.join(' '));
      assert.match(stdout, /bad\.yaml/);
      assert.doesNotMatch(stdout, /PASSED/);
    }
  });

  it('a check that breaks blocks whatever the thresholds are', () => {
    const broken: Finding = {
      requirement: 'r',
      title: 'R',
      severity: 'low',
      controls: [],
      resource: 'A',
      type: 'T',
      verdict: 'error',
      reason: 'the check broke down',
      remediation: '',
    };
    const loosest: Thresholds = { failOn: 'critical', unknown: 'warn', categories: {} };
    const result = {
      tool: { name: 'rampart' as const, version: '0' },
      baseline: 'b',
      controlData: 'd',
      boundary: { partition: 'aws', regions: [] },
      files: [],
      findings: tolerate([broken], loosest, () => 'logging'),
    };
    assert.equal(decide(result, loosest, true).exit, 'findings');
    assert.notEqual(decide(result, loosest, true).exitCode, 0);
  });

  it('a threshold that is missed is exit 1, and one that is misspelt is exit 2', () => {
    const only = ['logs.yaml', '--requirement', 'log-group-retention'];
    assert.equal(check(...only, '--fail-on', 'medium').exit, exitCodes.findings);
    assert.equal(check(...only, '--fail-on', 'hihg').exit, exitCodes.usage);
    assert.equal(check(...only, '--fail-on', 'loggin=high').exit, exitCodes.usage);
    assert.equal(check(...only, '--fial-on', 'high').exit, exitCodes.usage);
    desk.write('rampart.yaml', `${desk.read('rampart.yaml')}\ngate: {failon: high}\n`);
    assert.equal(desk.rampart(['check', ...only]).exit, exitCodes.input);
  });

  it('a letter of a flag means one thing for good', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8')) as {
      commands: Record<string, { flags: Record<string, { char?: string }> }>;
    };
    const seen = new Set<string>();
    for (const [command, { flags }] of Object.entries(manifest.commands)) {
      for (const [name, { char }] of Object.entries(flags)) {
        if (char === undefined) continue;
        assert.ok(letters[char]?.includes(name), `rampart ${command} -${char} is --${name}`);
        seen.add(`${char} ${name}`);
      }
    }
    assert.deepEqual(
      [...seen].sort(),
      Object.entries(letters).flatMap(([letter, names]) => names.map((name) => `${letter} ${name}`)),
    );
  });

  it('findings, wrong usage, unreadable input and nothing judged have exits of their own', () => {
    assert.equal(new Set(Object.values(exitCodes)).size, Object.keys(exitCodes).length);
    const only = ['--requirement', 'log-group-retention'];
    assert.deepEqual(
      [
        check('good.yaml', ...only).exit,
        check('logs.yaml', ...only).exit,
        check('logs.yaml', '--nope').exit,
        check('bad.yaml', ...only).exit,
        check('pod.yaml', ...only).exit,
      ],
      [0, 1, 2, 3, 4],
    );
  });
});
