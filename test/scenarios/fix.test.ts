import assert from 'node:assert/strict';
import { chmodSync, statSync, symlinkSync } from 'node:fs';
import { Desk } from './command-line.js';

const template = 'Resources:\n  L:\n    Type: AWS::Logs::LogGroup # kept\n    Properties:\n      RetentionInDays: 7\n';
const secret =
  'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  password: hunter2\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: s}\n';
const bare = ['--baseline', 'fedramp-rev5-moderate'];

describe('rampart check --fix', function () {
  this.timeout(60_000);
  const desk = new Desk();
  after(() => desk.clear());

  it('shows the diff and writes nothing where nobody can be asked', () => {
    desk.write('a.yaml', template);
    const { exit, stdout, stderr } = desk.rampart(['check', 'a.yaml', '--fix', ...bare]);
    assert.equal(exit, 1);
    assert.match(stderr, /^--- a\.yaml\n\+\+\+ a\.yaml\n/);
    assert.match(stderr, /^- {6}RetentionInDays: 7\n\+ {6}RetentionInDays: 400$/m);
    assert.match(stderr, /Nothing was written/);
    assert.match(stdout, /log-group-retention/);
    assert.equal(desk.read('a.yaml'), template);
  });

  it('writes with --yes, judges what is then on the disk, and writes nothing the second time', () => {
    desk.write('a.yaml', `\ufeff${template.replaceAll('\n', '\r\n')}`);
    chmodSync(desk.path('a.yaml'), 0o640);
    const first = desk.rampart(['check', 'a.yaml', '--fix', '--yes', '--format', 'json', ...bare]);
    assert.equal(
      JSON.parse(first.stdout).findings.some(
        (each: { requirement: string; verdict: string }) =>
          each.requirement === 'log-group-retention' && each.verdict === 'fail',
      ),
      false,
    );
    const written = `\ufeff${template.replace(': 7', ': 400').replaceAll('\n', '\r\n')}`;
    assert.equal(desk.read('a.yaml'), written);
    assert.equal(statSync(desk.path('a.yaml')).mode & 0o777, 0o640);
    const second = desk.rampart(['check', 'a.yaml', '--fix', '--yes', ...bare]);
    assert.match(second.stderr, /^No finding has one right value/m);
    assert.equal(desk.read('a.yaml'), written);
  });

  it('writes nothing where the run ends for want of a baseline file', () => {
    desk.write('a.yaml', template);
    const { exit } = desk.rampart(['check', 'a.yaml', '--fix', '--yes', '--baseline-file', 'none.json', ...bare]);
    assert.equal(exit, 3);
    assert.equal(desk.read('a.yaml'), template);
  });

  it('follows the settings of the system file', () => {
    desk.write('a.yaml', template);
    desk.write(
      'rampart.yaml',
      desk.read('rampart.yaml').replace(/\nendpoints:/, '\nsettings: {logging.retention-days: 731}\nendpoints:'),
    );
    const { stderr, stdout } = desk.rampart(['check', 'a.yaml', '--fix']);
    assert.match(stderr, /\+ {6}RetentionInDays: 731/, stdout);
  });

  it('shows no secret in the diff', () => {
    desk.write('s.yaml', secret);
    const { stderr } = desk.rampart(['check', 's.yaml', '--fix', '--yes', ...bare]);
    assert.match(stderr, /\+metadata: \{name: s, labels: \{pod-security/);
    assert.doesNotMatch(stderr, /hunter2/);
    assert.match(desk.read('s.yaml'), /hunter2/);
  });

  it('does not write through a link, and says so', () => {
    desk.write('real.yaml', template);
    symlinkSync('real.yaml', desk.path('link.yaml'));
    const { exit, stderr } = desk.rampart(['check', 'link.yaml', '--fix', '--yes', ...bare]);
    assert.notEqual(exit, 0);
    assert.match(stderr, /RAMPART_PATH_LINK/);
    assert.equal(desk.read('real.yaml'), template);
  });

  it('judges standard input and leaves it be', () => {
    const { exit, stderr } = desk.rampart(['check', '-', '--fix', '--yes', ...bare], {}, { input: template });
    assert.equal(exit, 1);
    assert.match(stderr, /No finding has one right value/);
  });

  it('wants --fix before --yes', () => assert.equal(desk.rampart(['check', 'a.yaml', '--yes']).exit, 2));
});
