import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { plan } from '../manifest/terraform/plan.js';
import { Desk } from './command-line.js';

const bare = ['--baseline', 'fedramp-rev5-high'];

describe('rampart check --shard and rampart merge', function () {
  this.timeout(120_000);
  const desk = new Desk();
  after(() => desk.clear());

  mkdirSync(desk.path('deploy'));
  for (let index = 0; index < 6; index += 1) {
    desk.write(
      `deploy/${index}.yaml`,
      `Resources: {L${index}: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: ${index}}}} # text\n`,
    );
  }
  desk.write('deploy/broken.yaml', 'Resources: {L: [\n');
  desk.write('deploy/notes.json', '{"a": 1}');
  desk.write(
    'deploy/pod.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: n}\nspec: {containers: [{name: c, image: x}]}\n',
  );
  desk.write(
    'deploy/plan.json',
    plan([
      {
        address: 'kubernetes_manifest.deny',
        after: {
          manifest: {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name: 'deny', namespace: 'n' },
            spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
          },
        },
      },
      {
        address: 'kubectl_manifest.b',
        after: { yaml_body: 'apiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: c}]}\n' },
      },
    ]),
  );

  /** Prints the parts of a run; each is the text of one. */
  const parts = (
    of: number,
    flags: readonly string[],
    environment?: (shard: number) => Record<string, string>,
  ): string[] =>
    Array.from({ length: of }, (_, index) => {
      const word = environment ? 'auto' : `${index + 1}/${of}`;
      const { stdout, exit, stderr } = desk.rampart(
        ['check', 'deploy', '--shard', word, '--format', 'json', ...flags],
        environment?.(index) ?? {},
      );
      assert.ok(exit === 0 || exit === 1 || exit === 3, stderr);
      return desk.write(`part-${of}-${index}.json`, stdout);
    });

  for (const flags of [bare, []]) {
    it(`say together what one run says, ${flags.length > 0 ? 'against a baseline' : 'for a system'}`, () => {
      const files = parts(3, flags);
      for (const format of ['json', 'human', 'sarif']) {
        const one = desk.rampart(['check', 'deploy', '--format', format, '--all', ...flags]);
        const merged = desk.rampart(['merge', ...files, '--format', format, '--all']);
        assert.equal(merged.stdout, one.stdout, merged.stderr);
        assert.equal(merged.exit, one.exit);
        assert.match(one.stdout, /broken\.yaml/);
      }
    });
  }

  it('say what mends a finding only where the manifests are as they were', () => {
    const files = parts(2, bare);
    const fixes = () => desk.rampart(['merge', ...files, '--format', 'sarif']).stdout.split('"fixes"').length - 1;
    assert.ok(fixes() > 0);
    const [name = ''] = readdirSync(desk.path('deploy')).filter((each) => /ya?ml$/.test(each));
    const text = desk.read(`deploy/${name}`);
    desk.write(`deploy/${name}`, `${text}\n# changed\n`);
    assert.equal(fixes(), 0);
    desk.write(`deploy/${name}`, text);
  });

  it('follow what Kubernetes and AWS Batch say', () => {
    const one = desk.rampart(['check', 'deploy', ...bare]).stdout;
    const kubernetes = parts(2, bare, (index) => ({ JOB_COMPLETION_INDEX: String(index), RAMPART_SHARDS: '2' }));
    assert.equal(desk.rampart(['merge', ...kubernetes]).stdout, one);
    const batch = parts(2, bare, (index) => ({
      AWS_BATCH_JOB_ARRAY_INDEX: String(index),
      AWS_BATCH_JOB_ARRAY_SIZE: '2',
    }));
    assert.equal(desk.rampart(['merge', ...batch]).stdout, one);
  });

  it('more shards than files say the same', () =>
    assert.equal(desk.rampart(['merge', ...parts(9, bare)]).stdout, desk.rampart(['check', 'deploy', ...bare]).stdout));

  it('are refused when they are not all parts of one run', () => {
    const [first = '', second = ''] = parts(2, bare);
    const refusal = (...given: string[]): string => {
      const { exit, stderr, stdout } = desk.rampart(['merge', ...given]);
      assert.ok(exit === 2 || exit === 3, `exit ${exit}`);
      assert.equal(stdout, '');
      return stderr;
    };
    const whole = JSON.parse(desk.read(second)) as Record<string, unknown>;
    assert.match(refusal(first), /RAMPART_PARTS_MISSING/);
    assert.match(refusal(first, desk.write('copy.json', desk.read(first))), /RAMPART_PARTS_TWICE/);
    assert.match(refusal(first, desk.write('cut.json', desk.read(second).slice(0, -20))), /RAMPART_NO_PART/);
    assert.match(refusal(first, desk.write('less.json', JSON.stringify({ ...whole, found: [] }))), /RAMPART_NO_PART/);
    assert.match(refusal(first, desk.write('other.json', '{}')), /RAMPART_NO_PART/);
    assert.match(refusal(first, desk.write('null.json', 'null')), /RAMPART_NO_PART/);
    assert.match(refusal(first, 'nowhere.json'), /nowhere\.json/);
    const other = (...flags: string[]): string =>
      desk.write('part.json', desk.rampart(['check', 'deploy', '--shard', '2/2', '--format', 'json', ...flags]).stdout);
    assert.match(
      refusal(first, other('--baseline', 'fedramp-rev5-low')),
      /RAMPART_PARTS_DIFFER[\s\S]*|differ in the baseline/,
    );
    assert.match(refusal(first, other()), /differ in/);
    desk.write('deploy/0.yaml', 'Resources: {L0: {Type: AWS::Logs::LogGroup}}\n');
    assert.match(refusal(first, other(...bare)), /differ in the manifests or parameters/);
    assert.match(refusal(first, second, '--baseline', 'fedramp-rev5-low'), /RAMPART_PARTS_DIFFER/);
  });

  it('are asked for in words that mean something', () => {
    for (const flags of [
      ['--shard', '3/2', '--format', 'json'],
      ['--shard', '1/2'],
      ['--shard', 'auto', '--format', 'json'],
    ]) {
      const { exit, stderr } = desk.rampart(['check', 'deploy', ...flags, ...bare]);
      assert.equal(exit, 2);
      assert.match(stderr, /RAMPART_SHARD/);
    }
    assert.equal(desk.rampart(['check', '-', '--shard', '1/2', '--format', 'json', ...bare]).exit, 2);
    assert.equal(desk.rampart(['check', 'deploy', '--shard', '1/2', '--fix']).exit, 2);
  });
});
