import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { Desk } from './command-line.js';

const parent = `Resources:
  Logs: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./nested/logs.yaml, Parameters: {Days: "400"}}}
`;
const child = `Parameters: {Days: {Type: Number, Default: 1}}
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {EnableKeyRotation: true, KeyPolicy: {Version: "2012-10-17", Statement: []}}
`;
const object = (kind: string, name: string): string => `apiVersion: v1
kind: ${kind}
metadata: {name: ${name}, namespace: n}
automountServiceAccountToken: false
`;
const plan = JSON.stringify({
  format_version: '1.2',
  terraform_version: '1.9.0',
  planned_values: {
    root_module: {
      resources: [
        {
          address: 'aws_kms_key.k',
          mode: 'managed',
          type: 'aws_kms_key',
          name: 'k',
          provider_name: 'registry.terraform.io/hashicorp/aws',
          values: { enable_key_rotation: true },
        },
      ],
    },
  },
  configuration: { root_module: {} },
});

describe('what a verdict rests on', function () {
  this.timeout(180_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const key = ['--key', 'rampart.key.pem'];
  const verify = (what: string, ...files: string[]) =>
    desk.rampart([
      ...['evidence', 'verify', what, '--trust', 'rampart.trust.json'],
      ...files.flatMap((file) => ['--for', file]),
    ]);
  const baseline = ['--baseline', 'fedramp-rev5-moderate'];

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    mkdirSync(desk.path('deploy/nested'));
    desk.write('deploy/main.yaml', parent);
    desk.write('deploy/nested/logs.yaml', child);
    for (const made of [
      ['check', 'deploy', '--attest', 'v.json', ...key],
      ['evidence', 'create', 'deploy', '--out', 'b.evb.tar', ...key],
    ]) {
      const { exit, stdout, stderr } = desk.rampart(made);
      assert.equal(exit, 0, stdout + stderr);
    }
  });

  for (const what of ['v.json', 'b.evb.tar']) {
    it(`a nested template is wanted with the one it is nested in, unchanged (${what})`, () => {
      const [main, logs, chat] = ['deploy/main.yaml', 'deploy/nested/logs.yaml', 'deploy/chat.template.yaml'];
      assert.equal(verify(what, main, logs).exit, 0);
      assert.equal(verify(what, chat).exit, 0, 'a stack deployed by itself');
      const alone = verify(what, main);
      assert.equal(alone.exit, 5);
      assert.match(alone.stdout, /"deploy\/nested\/logs.yaml" is nested in.*\(--for "deploy\/nested\/logs.yaml"\)/);
      const part = verify(what, logs);
      assert.equal(part.exit, 5);
      assert.match(part.stdout, /a part of "deploy\/main.yaml" only.*\(--for "deploy\/main.yaml"\)/);
      desk.write(logs, child.replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
      const changed = verify(what, main, logs);
      desk.write(logs, child);
      assert.equal(changed.exit, 5);
      assert.match(changed.stdout, /"deploy\/nested\/logs.yaml" is not the file that was judged/);
    });
  }

  for (const what of ['v.json', 'b.evb.tar']) {
    it(`a folder stands for all that would be deployed from it (${what})`, () => {
      const whole = verify(what, 'deploy');
      assert.equal(whole.exit, 0, whole.stdout + whole.stderr);
      assert.match(
        whole.stdout,
        /"deploy\/chat\.template\.yaml", "deploy\/main\.yaml", "deploy\/nested\/logs\.yaml": as judged/,
      );
      const part = verify(what, 'deploy/nested');
      assert.equal(part.exit, 5);
      assert.match(part.stdout, /a part of "deploy\/main.yaml" only/);

      desk.write('deploy/settings.json', '{"colour": "blue"}');
      desk.write('deploy/chat.notes.md', 'text');
      assert.equal(verify(what, 'deploy').exit, 0, 'what is no manifest is not deployed');
      for (const [name, text] of [
        ['deploy/more.yaml', child],
        ['deploy/broken.yaml', 'Resources: {A: [}\n'],
        [
          'deploy/nested/late.json',
          '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"K": {"Type": "AWS::KMS::Key"}}}',
        ],
      ] as const) {
        desk.write(name, text);
        const more = verify(what, 'deploy');
        rmSync(desk.path(name));
        assert.equal(more.exit, 5, name);
        assert.match(more.stdout, new RegExp(`"${name}" is not among what this verdict is about`));
      }
      desk.write('deploy/more.yaml', child);
      desk.write('deploy/.rampartignore', 'more.yaml\n');
      const hidden = verify(what, 'deploy');
      for (const name of ['more.yaml', '.rampartignore', 'settings.json', 'chat.notes.md'])
        rmSync(desk.path(`deploy/${name}`));
      assert.equal(hidden.exit, 5, 'what nobody is to judge is not passed');
      mkdirSync(desk.path('empty'), { recursive: true });
      const empty = verify(what, 'empty');
      assert.equal(empty.exit, 4);
      assert.match(empty.stderr, /empty holds nothing that would be deployed/);
      assert.equal(verify(what, 'missing').exit, 3);
    });
  }

  it('a bundle with nested templates can be made again', () => {
    const { exit, stdout, stderr } = desk.rampart([
      ...['evidence', 'verify', 'b.evb.tar', '--trust', 'rampart.trust.json', '--rebuild'],
    ]);
    assert.equal(exit, 0, stdout + stderr);
  });

  it('objects of one cluster are named before what else was judged', () => {
    desk.write('one.yaml', object('ServiceAccount', 'a'));
    desk.write('two.yaml', object('ServiceAccount', 'b'));
    const files = ['one.yaml', 'two.yaml', 'deploy/main.yaml'];
    desk.rampart(['check', ...files, ...baseline, '--attest', 'k.json', ...key]);
    assert.match(
      verify('k.json', 'one.yaml').stdout,
      /judged by objects that are not shown: "two.yaml"; judged beside it and not shown: "deploy\/main.yaml"/,
    );
  });

  it('a Terraform plan is among what was judged', () => {
    desk.write('plan.json', plan);
    desk.write('tfplan', 'PK');
    const made = ['check', 'plan.json', ...baseline, '--attest', 't.json', '--plan', 'tfplan', ...key];
    const { exit, stderr } = desk.rampart(made);
    assert.ok(exit === 0 || exit === 1, stderr);
    const shown = ['evidence', 'verify', 't.json', '--allow-intact', '--for', 'plan.json', '--plan', 'tfplan'];
    assert.match(
      desk.rampart(shown).stdout,
      exit === 0 ? /"plan.json", "tfplan": as judged/ : /the gate did not pass it/,
    );
  });
});
