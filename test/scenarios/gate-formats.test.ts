import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { resultSchema } from '#model/result-schema.js';
import { closed } from '../report/closed.js';
import { Desk, program } from './command-line.js';

/** Formats in which something says that a build fails, and how. */
const failing: Readonly<Record<string, RegExp>> = {
  human: /BLOCKED/,
  sarif: /"exitCode": 1,/,
  junit: /<(failure|error) /,
  github: /^::error /m,
  markdown: /### Rampart: blocked/,
  json: /"exitCode": 1,/,
};

describe('every format agrees with the exit code', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => {
    desk.write(
      'logs.yaml',
      'Parameters: {Key: {Type: String}}\nResources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1, KmsKeyId: !Ref Key}}\n',
    );
    desk.write(
      'gone.yaml',
      'waivers:\n  - {requirement: log-group-retention, resource: Gone, owner: o, approver: a, approved: "2026-01-01", reason: r, expires: "2026-01-02", ticket: t}\n',
    );
  });
  after(() => desk.clear());
  const check = (format: string, ...more: string[]) =>
    desk.rampart([
      ...['check', 'logs.yaml', '--baseline', 'fedramp-rev5-moderate', '--format', format],
      ...['--requirement', 'log-group-retention', '--requirement', 'log-group-kms', ...more],
    ]);

  for (const [format, fails] of Object.entries(failing)) {
    it(`${format}: blocked, let by, and blocked by a waiver alone`, () => {
      const blocked = check(format);
      assert.equal(blocked.exit, 1);
      assert.match(blocked.stdout, fails);
      const letBy = check(format, '--fail-on', 'critical');
      assert.equal(letBy.exit, 0);
      assert.doesNotMatch(letBy.stdout, fails);
      assert.match(letBy.stdout, /warned|only warned of/i);
      const byWaiver = check(format, '--fail-on', 'critical', '--waivers', 'gone.yaml');
      assert.equal(byWaiver.exit, 1);
      assert.match(byWaiver.stdout, fails);
      assert.match(byWaiver.stdout, /ran out on 2026-01-02|lasts/);
    });
  }

  it('json: arrives whole where it is read late', async () => {
    const group = (at: number): string => `  L${at}: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n`;
    desk.write('many.yaml', `Resources:\n${Array.from({ length: 2000 }, (_, at) => group(at)).join('')}`);
    const args = ['check', 'many.yaml', '--format', 'json', '--requirement', 'log-group-retention'];
    const child = spawn(process.execPath, [program, ...args], { cwd: desk.folder });
    const ended = once(child, 'close');
    await setTimeout(1500);
    let text = '';
    for await (const chunk of child.stdout) text += chunk;
    assert.ok(text.length > 1_000_000, String(text.length));
    assert.equal(JSON.parse(text).findings.length, 2000);
    assert.deepEqual(await ended, [1, null]);
  });

  it('human: a report that cannot be written is no verdict', function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const args = ['check', 'logs.yaml', '--baseline', 'fedramp-rev5-moderate'];
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: desk.folder,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.match(
      stderr,
      /^Error: Cannot write standard output: the disk is full\.\n {2}Free some space .*\n {2}\(RAMPART_DISK_FULL, exit 6\)\n$/,
    );
    assert.equal(status, 6);
  });

  it('json: all of it is in the published schema', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(closed(resultSchema) as object);
    const flags = ['--fail-on', 'network=high', '--waivers', 'gone.yaml'];
    assert.equal(check('json', ...flags, '--write-baseline-file', 'kept.json').exit, 1);
    const { stdout } = check('json', ...flags, '--baseline-file', 'kept.json');
    const result = JSON.parse(stdout);
    for (const name of ['gate', 'profile', 'accepted', 'waiverProblems']) assert.ok(name in result, name);
    assert.ok(validate(result), JSON.stringify(validate.errors));
  });

  for (const format of ['gitlab', 'hdf', 'csv']) {
    it(`${format}: names what was let by, and the waiver`, () => {
      const { exit, stdout } = check(format, '--fail-on', 'critical', '--waivers', 'gone.yaml');
      assert.equal(exit, 1);
      assert.match(stdout, /below the threshold|fail-on/);
      assert.match(stdout, /ran out on 2026-01-02/);
    });
  }
});
