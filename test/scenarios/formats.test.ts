import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { objectsOf } from '#build/bench-objects.js';
import type { Finding } from '#model/finding.js';
import { formats } from '#report/formats/index.js';
import { Desk, program } from './command-line.js';

const template =
  'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n  B: {Type: AWS::S3::Bucket}\n';

describe('rampart check --format', function () {
  this.timeout(120_000);
  const desk = new Desk();
  before(() => {
    desk.write('logs.yaml', template);
    desk.write('bad.yaml', 'Resources: {A: [');
  });
  after(() => desk.clear());
  const check = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    desk.rampart(['check', 'logs.yaml', '--baseline', 'fedramp-rev5-moderate', ...args], environment);

  for (const name of formats.keys()) {
    it(`${name} is the same on stdout and in a file, and ends alike`, () => {
      const pinned = { SOURCE_DATE_EPOCH: '1700000000' };
      const printed = check(['--format', name], pinned);
      const written = check([`--format=${name}=out/${name}.txt`], pinned);
      assert.deepEqual([printed.exit, written.exit], [1, 1], printed.stderr + written.stderr);
      assert.ok(printed.stdout.length > 100);
      assert.equal(printed.stderr, '');
      assert.equal(written.stdout, '');
      assert.equal(written.stderr, `wrote out/${name}.txt\n`);
      assert.equal(desk.read(`out/${name}.txt`), printed.stdout);
    });
  }

  it('json of a fleet arrives whole, however slowly it is read', async function () {
    if (process.platform === 'win32') this.skip();
    desk.write('fleet.yaml', objectsOf(4000));
    const args = ['check', 'fleet.yaml', '--format', 'json', '--baseline', 'fedramp-rev5-moderate'];
    const child = spawn(process.execPath, [program, ...args], { cwd: desk.folder });
    let text = '';
    for await (const piece of child.stdout.setEncoding('utf8')) {
      text += piece;
      if (text.length % 7 === 0) await setTimeout(5);
    }
    const { findings, summary } = JSON.parse(text);
    assert.ok(text.length > 10_000_000);
    assert.equal(findings.filter(({ verdict }: Finding) => verdict === 'pass').length, summary.pass);
    assert.ok(text.endsWith('\n}\n'));
  });

  it('writes several at once, and takes a path behind it for a path', () => {
    const args = ['check', '--format', 'sarif=a.sarif', '--format', 'junit=a.xml', '--format', 'human', 'logs.yaml'];
    const { exit, stdout, stderr } = desk.rampart([...args, '--baseline', 'fedramp-rev5-moderate']);
    assert.equal(exit, 1, stderr);
    assert.match(stdout, /BLOCKED/);
    assert.equal(stderr, 'wrote a.sarif\nwrote a.xml\n');
    assert.equal(JSON.parse(desk.read('a.sarif')).runs[0].invocations[0].exitCode, 1);
    assert.match(desk.read('a.xml'), /^<\?xml/);
  });

  it('replaces a report only with --force, and then writes all or none', () => {
    desk.write('there.json', 'mine');
    const args = ['--format', 'csv=new.csv', '--format', 'json=there.json'];
    const refused = check(args);
    assert.equal(refused.exit, 2);
    assert.match(refused.stderr, /there\.json is there already.*\n?.*--force/s);
    assert.equal(desk.read('there.json'), 'mine');
    assert.equal(existsSync(desk.path('new.csv')), false);
    assert.equal(check([...args, '--force']).exit, 1);
    assert.equal(JSON.parse(desk.read('there.json')).schemaVersion, '1.1');
    assert.equal(existsSync(desk.path('new.csv')), true);
  });

  it('replaces its own report in the folder it judges', () => {
    mkdirSync(desk.path('folder'), { recursive: true });
    desk.write('folder/logs.yaml', template);
    const args = [
      'check',
      'folder',
      '--baseline',
      'fedramp-rev5-moderate',
      '--format',
      'json=folder/found.json',
      '--force',
    ];
    for (const turn of [1, 2]) {
      const { exit, stderr } = desk.rampart(args);
      assert.equal(exit, 1, `${turn}: ${stderr}`);
    }
  });

  it('never replaces what was judged, --force or not', () => {
    for (const path of ['logs.yaml', './logs.yaml', desk.path('logs.yaml')]) {
      const { exit, stderr } = check(['--format', `sarif=${path}`, '--format', 'csv=beside.csv', '--force']);
      assert.equal(exit, 2);
      assert.match(stderr, /logs\.yaml was judged, and a report would replace it/);
      assert.equal(desk.read('logs.yaml'), template);
      assert.equal(existsSync(desk.path('beside.csv')), false);
    }
  });

  const wrong: Readonly<Record<string, [args: string[], said: RegExp]>> = {
    'a name it does not know': [
      ['--format', 'sarf'],
      /sarf is not a format.*Did you mean sarif\? Choose one of csv, /s,
    ],
    'a name it does not know, with a file': [['--format', 'junt=a'], /Did you mean junit/],
    'a name of every object': [['--format', 'constructor'], /constructor is not a format/],
    'two for stdout': [['--format', 'csv', '--format', 'sarif'], /csv and sarif.*--format csv=/s],
    'two for stdout, one as -': [['--format', 'json=-', '--format', 'human'], /json and human/],
    'the same file twice': [['--format', 'json=x', '--format', 'csv=./x'], /are the same file/],
    'no file behind =': [['--format', 'json='], /names no file/],
    'a terminal’s commands': [['--format', '\u001b[31m'], /\\u001b\[31m is not a format/],
  };
  for (const [what, [args, said]] of Object.entries(wrong)) {
    it(`refuses ${what} with exit 2`, () => {
      const { exit, stderr, stdout } = check(args);
      assert.equal(exit, 2, stderr);
      assert.match(stderr, said);
      assert.equal(stdout, '');
      assert.equal(existsSync(desk.path('x')), false);
    });
  }

  it('never changes the exit code, nor hides a file that was not read', () => {
    for (const name of formats.keys()) {
      const { exit, stdout, stderr } = desk.rampart(['check', 'logs.yaml', 'bad.yaml', '--format', name]);
      assert.equal(exit, 3, `${name} ${stderr}`);
      assert.match(stdout + stderr, /bad\.yaml/, name);
    }
  });

  it('says in OSCAL beside other reports that a file was not read', () => {
    const reports = [
      '--format',
      'oscal=read.oscal.json',
      '--format',
      'sarif=read.sarif',
      '--format',
      'human',
      '--force',
    ];
    const { exit, stdout, stderr } = desk.rampart(['check', 'logs.yaml', 'bad.yaml', ...reports]);
    assert.equal(exit, 3);
    assert.match(stdout, /BLOCKED|not read/);
    assert.equal(stderr, 'wrote read.oscal.json\nwrote read.sarif\n');
    assert.match(desk.read('read.oscal.json'), /"title": "bad\.yaml: not read"/);
    assert.match(desk.read('read.sarif'), /bad\.yaml/);
  });

  it('writes what it can where a report cannot be made, and says which is missing and why', () => {
    desk.write('nothing.yaml', 'Resources:\n  W: {Type: AWS::CloudFormation::WaitConditionHandle}\n');
    const nothing = (...more: string[]) =>
      desk.rampart(['check', 'nothing.yaml', '--baseline', 'fedramp-rev5-moderate', '--force', ...more]);
    const both = ['--format', 'oscal=none.json', '--format', 'sarif=none.sarif', '--format', 'human'];
    const said = nothing(...both);
    assert.equal(said.exit, 4);
    assert.match(said.stderr, /^wrote none\.sarif\nno oscal report was made: No finding supports a control/);
    assert.match(said.stdout, /not/i);
    assert.equal(existsSync(desk.path('none.json')), false);
    assert.equal(nothing(...both, '--allow-empty').exit, 4, 'a report that is missing is no pass');
    const unread = desk.rampart(['check', 'bad.yaml', '--baseline', 'fedramp-rev5-moderate', '--force', ...both]);
    assert.equal(unread.exit, 3);
    assert.match(unread.stderr, /no oscal report was made: .*nothing was read/);
  });

  it('leaves a job summary where GitHub wants one, behind what is there', () => {
    desk.write('summary.md', 'before\n');
    const { stdout, stderr } = check(['--format', 'github'], { GITHUB_STEP_SUMMARY: desk.path('summary.md') });
    assert.match(stdout, /^::error file=logs\.yaml,line=2,/m);
    assert.equal(stderr, 'wrote the job summary\n');
    assert.match(desk.read('summary.md'), /^before\n### Rampart: blocked\n/);
    check(['--format', 'human'], { GITHUB_STEP_SUMMARY: desk.path('other.md') });
    assert.equal(existsSync(desk.path('other.md')), false);
  });

  it('paints nothing in a file', () => {
    assert.equal(check(['--format', 'human=plain.txt'], { NO_COLOR: '', FORCE_COLOR: '1' }).exit, 1);
    assert.ok(!desk.read('plain.txt').includes('\u001b'));
  });

  it('is told of in help', () => {
    const { stdout } = desk.rampart(['check', '--help']);
    for (const name of formats.keys()) assert.match(stdout, new RegExp(`\\b${name}\\b`), name);
    assert.match(stdout, /--format sarif=rampart\.sarif --format human/);
  });
});
