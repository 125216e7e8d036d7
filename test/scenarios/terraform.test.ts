import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { plan } from '../manifest/terraform/plan.js';
import { Desk } from './command-line.js';

const text = plan([
  {
    address: 'aws_cloudwatch_log_group.g',
    after: { kms_key_id: 'alias/aws/hunter2', retention_in_days: 7 },
    secret: { kms_key_id: true },
  },
  {
    address: 'kubectl_manifest.web',
    after: {
      yaml_body: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: hunter2}]}\n',
    },
    secret: { yaml_body: true },
  },
]);

describe('a Terraform plan on the command line', function () {
  this.timeout(60_000);
  const desk = new Desk();
  const epoch = { SOURCE_DATE_EPOCH: String(Math.floor(Date.now() / 1000) - 60) };
  after(() => desk.clear());

  it('blocks, and says no sensitive value in any format', () => {
    desk.write('plan.json', text);
    for (const format of ['human', 'json', 'sarif']) {
      const { exit, stdout, stderr } = desk.rampart([
        'check',
        'plan.json',
        '--baseline',
        'fedramp-rev5-moderate',
        '--format',
        format,
      ]);
      assert.equal(exit, 1, stderr);
      assert.match(stdout, /log-group-retention/);
      assert.match(stdout, /kubectl_manifest\.web\/container\/0/);
      assert.match(stdout, /\(sensitive\)/);
      assert.doesNotMatch(stdout + stderr, /hunter2/);
    }
  });

  it('code is refused with what to run', () => {
    desk.write('main.tf', 'resource "aws_kms_key" "k" {}\n');
    const { exit, stdout } = desk.rampart(['check', 'main.tf', '--baseline', 'fedramp-rev5-moderate']);
    assert.equal(exit, 3);
    assert.match(stdout, /terraform show -json/);
  });

  it('is asked for where a folder holds code', () => {
    mkdirSync(desk.path('module'));
    desk.write('module/main.tf', 'resource "aws_s3_bucket" "b" {}\n');
    desk.write('module/more.tf', '');
    const { exit, stdout } = desk.rampart(['check', 'module', '--baseline', 'fedramp-rev5-moderate']);
    assert.equal(exit, 4);
    assert.match(
      stdout,
      /main\.tf {2}note {2}Terraform code, one of 2 files: what is judged is its plan\n[\s\S]*next Run `terraform plan/,
    );
  });

  it('is asked for where the code is OpenTofu, or JSON as the CDK for Terraform writes it', () => {
    const code = '{"resource": {"aws_s3_bucket": {"b": {}}}}';
    for (const name of ['cdk.tf.json', 'main.tofu', 'main.tofu.json']) {
      const folder = `of-${name}`;
      mkdirSync(desk.path(folder));
      const file = desk.write(`${folder}/${name}`, name.endsWith('.json') ? code : 'resource "aws_s3_bucket" "b" {}\n');
      const check = (path: string) => desk.rampart(['check', path, '--baseline', 'fedramp-rev5-moderate']);
      assert.equal(check(folder).exit, 4);
      assert.match(
        check(folder).stdout,
        name.endsWith('.json') ? /1 file is no manifest/ : / {2}note {2}Terraform code: /,
      );
      assert.equal(check(file).exit, 3);
      assert.match(check(file).stdout, /terraform show -json/);
    }
  });

  it('of Bicep too, but where it is built', () => {
    mkdirSync(desk.path('bicep'));
    desk.write('bicep/main.bicep', "param place string = 'usgovvirginia'\n");
    const check = () => desk.rampart(['check', 'bicep', '--baseline', 'fedramp-rev5-moderate']).stdout;
    assert.match(check(), /main\.bicep {2}note {2}Bicep code: what is judged is [\s\S]*next Run `az bicep build/);
    assert.match(
      desk.rampart(['check', 'bicep/main.bicep']).stdout,
      /not read {2}Bicep code, no template until it is built/,
    );
    desk.write('bicep/main.json', '{}');
    assert.doesNotMatch(check(), /Bicep/);
  });

  it('is sealed without its sensitive values', () => {
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys'], epoch).exit, 0);
    const made = desk.rampart(
      ['evidence', 'create', 'plan.json', '--key', 'keys/rampart.key.pem', '--out', 'one.evb.tar'],
      epoch,
    );
    assert.match(made.stdout, /^[0-9a-f]{64}\n$/, made.stderr);
    const bundle = readFileSync(desk.path('one.evb.tar'), 'latin1');
    assert.match(bundle, /log-group-retention/);
    assert.match(bundle, /aws_cloudwatch_log_group\.g/);
    assert.match(bundle, /kubectl_manifest\.web\/container\/0/);
    assert.doesNotMatch(bundle, /hunter2/);
  });
});
