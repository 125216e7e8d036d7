import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { Desk } from './command-line.js';

const log = (name: string, days: number): string =>
  `  ${name}: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: ${days}, KmsKeyId: !GetAtt K.Arn}}\n`;
const manifest = (...logs: string[]): string => `Resources:\n  K: {Type: AWS::KMS::Key}\n${logs.join('')}`;

interface Row {
  resource: string;
  verdict: string;
  toleratedBy?: string;
}

describe('findings accepted in a baseline file', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => desk.write('logs.yaml', manifest(log('A', 1), log('B', 2))));
  after(() => desk.clear());
  const only = ['--requirement', 'log-group-retention'];
  const run = (...more: string[]) => desk.rampart(['check', 'logs.yaml', ...only, ...more]);
  const moderate = ['--baseline', 'fedramp-rev5-moderate'];
  const json = (...more: string[]) => {
    const { exit, stdout, stderr } = run(...moderate, '--format', 'json', ...more);
    assert.notEqual(stdout, '', stderr);
    return { exit, ...JSON.parse(stdout) };
  };
  const standing = ({ findings }: { findings: Row[] }) =>
    Object.fromEntries(findings.map(({ resource, verdict, toleratedBy }) => [resource, toleratedBy ?? verdict]));

  it('are written, and block no more; their verdict stays', () => {
    assert.equal(json().exit, 1);
    const written = json('--write-baseline-file', 'accepted.json');
    assert.equal(written.exit, 0);
    const file = JSON.parse(desk.read('accepted.json'));
    assert.equal(file.baseline, 'fedramp-rev5-moderate');
    assert.equal(file.controlData, written.controlData);
    assert.match(file.date, /^20\d\d-\d\d-\d\d$/);
    assert.deepEqual(
      file.findings.map((each: Row) => each.resource),
      ['A', 'B'],
    );
    const { exit, findings, gate, accepted } = json('--baseline-file', 'accepted.json');
    assert.equal(exit, 0);
    assert.ok(findings.every((each: Row) => each.verdict === 'fail' && each.toleratedBy === 'baseline-file'));
    assert.equal(gate.warned.accepted, 2);
    assert.equal(accepted.known, 2);
    const human = run(...moderate, '--baseline-file', 'accepted.json').stdout;
    assert.match(human, /accepted medium {2}log-group-retention/);
    assert.match(
      human,
      /2 findings were accepted in accepted\.json on 20[\s\S]*PASSED WITH WARNINGS .*2 accepted in the baseline file/,
    );
    const sarif = JSON.parse(run(...moderate, '--baseline-file', 'accepted.json', '--format', 'sarif').stdout);
    assert.ok(sarif.runs[0].results.every((each: { baselineState: string }) => each.baselineState === 'unchanged'));
  });

  it('new ones block, wherever the old ones have moved to', () => {
    desk.write('logs.yaml', `# moved\n\n${manifest(log('New', 1), log('B', 2), log('A', 1))}`);
    const { exit, ...result } = json('--baseline-file', 'accepted.json');
    assert.equal(exit, 1);
    assert.deepEqual(standing(result), { New: 'fail', A: 'baseline-file', B: 'baseline-file' });
  });

  it('a resource that does something else wrong is not what was accepted', () => {
    desk.write('logs.yaml', manifest(log('A', 3), log('B', 2)));
    const { exit, accepted, ...result } = json('--baseline-file', 'accepted.json');
    assert.equal(exit, 1);
    assert.deepEqual(standing(result), { A: 'fail', B: 'baseline-file' });
    assert.deepEqual(
      accepted.changed.map((each: Row) => each.resource),
      ['A'],
    );
  });

  it('mended ones are named, and both flags together shrink the file', () => {
    desk.write('logs.yaml', manifest(log('A', 3650), log('B', 2), log('New', 1)));
    const { exit, accepted } = json('--baseline-file', 'accepted.json');
    assert.equal(exit, 1);
    assert.deepEqual(
      accepted.fixed.map((each: Row) => each.resource),
      ['A'],
    );
    assert.match(
      run(...moderate, '--baseline-file', 'accepted.json').stdout,
      /can do without log-group-retention on A: it is mended/,
    );
    const shrunk = json('--baseline-file', 'accepted.json', '--write-baseline-file', 'accepted.json');
    assert.equal(shrunk.exit, 1, 'New is not accepted by the way');
    assert.deepEqual(
      JSON.parse(desk.read('accepted.json')).findings.map((each: Row) => each.resource),
      ['B'],
    );
  });

  it('are not known in a run against another baseline, nor in a file of another make', () => {
    const other = run('--baseline', 'fedramp-rev5-high', '--baseline-file', 'accepted.json');
    assert.equal(other.exit, 2);
    assert.match(other.stderr, /RAMPART_BASELINE_FILE_OTHER/);
    desk.write('odd.json', '{"format": "rampart-accepted-1", "findings": [{"__proto__": 1}]}');
    assert.equal(run(...moderate, '--baseline-file', 'odd.json').exit, 3);
    desk.write('odd.json', 'no');
    assert.match(
      run(...moderate, '--baseline-file', 'odd.json').stderr,
      /odd\.json is no file of accepted findings: it is not JSON/,
    );
    assert.equal(run(...moderate, '--baseline-file', 'nowhere.json').exit, 3);
    const over = run(...moderate, '--write-baseline-file', 'logs.yaml');
    assert.equal(over.exit, 2, 'never over something else');
    assert.match(desk.read('logs.yaml'), /^Resources/);
  });

  it('say so where a run names its files in another way', () => {
    desk.write('logs.yaml', manifest(log('A', 1), log('B', 2)));
    run(...moderate, '--write-baseline-file', 'elsewhere.json');
    const absolute = ['check', desk.path('logs.yaml'), ...only, ...moderate, '--baseline-file', 'elsewhere.json'];
    const { exit, stdout } = desk.rampart(absolute);
    assert.equal(exit, 1);
    assert.match(stdout, /elsewhere\.json names none of the files judged here/);
    const json = JSON.parse(desk.rampart([...absolute, '--format', 'json']).stdout);
    assert.equal(json.accepted.otherFiles, true);
    assert.doesNotMatch(run(...moderate, '--baseline-file', 'elsewhere.json').stdout, /names none of the files/);
  });

  it('never hold what was not read', () => {
    desk.write('broken.yaml', 'Resources: [');
    const { exit } = desk.rampart([
      ...['check', 'logs.yaml', 'broken.yaml', ...only, ...moderate],
      ...['--write-baseline-file', 'never.json'],
    ]);
    assert.equal(exit, 3);
    assert.equal(existsSync(desk.path('never.json')), false);
  });
});
