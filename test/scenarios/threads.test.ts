import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { templateOf } from '../../src/build/bench-template.js';
import { threadsFor } from '../../src/session/threads.js';
import { Desk, program } from './command-line.js';

describe('check in several threads', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());

  before(() => {
    mkdirSync(desk.path('all/k8s'), { recursive: true });
    for (const number of [1, 2, 3, 4, 5]) desk.write(`all/${number}.yaml`, templateOf(10 * number));
    // Objects of one cluster speak of each other, over files.
    desk.write(
      'all/k8s/namespace.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels: {pod-security.kubernetes.io/enforce: restricted}\n',
    );
    for (const name of ['one', 'two'])
      desk.write(
        `all/k8s/${name}.yaml`,
        `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: a}\nspec:\n  containers: [{name: c, image: x}]\n`,
      );
    desk.write(
      'all/nests.yaml',
      'Resources:\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./1.yaml}}\n',
    );
    desk.write('all/broken.yaml', 'Resources: {a: [\n');
    desk.write('all/other.json', '{"no": "manifest"}');
  });

  const check = (threads: string, ...more: string[]) => desk.rampart(['check', 'all', '--threads', threads, ...more]);

  for (const flags of [
    [],
    ['--all'],
    ['--format', 'json'],
    ['--format', 'sarif'],
    ['--baseline', 'fedramp-rev5-low', '--fail-on', 'critical'],
  ]) {
    it(`says what one says: ${flags.join(' ') || 'human'}`, () => {
      const one = check('1', ...flags);
      assert.ok(one.stdout.length > 500, one.stderr);
      for (const threads of ['2', '5']) {
        const several = check(threads, ...flags);
        assert.equal(several.stdout, one.stdout);
        assert.equal(several.stderr, one.stderr);
        assert.equal(several.exit, one.exit);
      }
    });
  }

  it('writes the same accepted findings', () => {
    const files = ['all/1.yaml', 'all/2.yaml', 'all/k8s'];
    for (const threads of ['1', '3'])
      desk.rampart(['check', ...files, '--threads', threads, '--write-baseline-file', `accepted-${threads}.json`]);
    assert.equal(desk.read('accepted-3.json'), desk.read('accepted-1.json'));
  });

  it('names what is wrong with the command line or the system file once', () => {
    for (const flags of [
      ['--baseline', 'no-such'],
      ['--system', 'nowhere.yaml'],
      ['--parameters', 'nowhere.json'],
    ]) {
      const one = check('1', ...flags);
      const several = check('2', ...flags);
      assert.deepEqual(several, one);
      assert.notEqual(one.exit, 0);
    }
  });

  it('does without threads where the system allows none', () => {
    const permission = Number.parseInt(process.versions.node, 10) < 24 ? '--experimental-permission' : '--permission';
    const { NODE_OPTIONS: _, ...environment } = process.env;
    const { stdout, status } = spawnSync(
      process.execPath,
      [permission, '--allow-fs-read=*', '--allow-fs-write=*', program, 'check', 'all', '--threads', '2'],
      { cwd: desk.folder, encoding: 'utf8', env: { ...environment, NO_COLOR: '1' } },
    );
    const one = check('1');
    assert.equal(stdout, one.stdout);
    assert.equal(status, one.exit);
  });

  it('uses several for many files only, and never more than four by itself', () => {
    assert.ok(threadsFor(249, 64) < 2);
    assert.equal(threadsFor(10_000, 2), 1);
    assert.equal(threadsFor(10_000, 4), 2);
    assert.equal(threadsFor(10_000, 64), 4);
  });
});
