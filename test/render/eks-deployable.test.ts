import assert from 'node:assert/strict';
import { parse, parseAllDocuments } from 'yaml';
import type { Plan } from '#model/plan.js';
import { eksPlan, shown } from './eks-plans.js';
import { rendered } from './kubernetes/judged.js';
import { variants } from './plans.js';
import { moduleOf, textsOf } from './terraform/module.js';

type Json = { [key: string]: unknown };

/** A template as CloudFormation reads it, its functions left as the text of their arguments. */
const resourcesOf = (plan: Plan, endpoint: string): [name: string, resource: { Type: string; Properties: Json }][] => {
  const file = rendered(plan, 'cloudformation').find(
    (each) => each.endpoint === endpoint && each.path.endsWith('.yaml'),
  );
  return Object.entries(parse(file?.text ?? '', { logLevel: 'silent' }).Resources);
};

const textOf = (plan: Plan, target: string, file: string): string =>
  rendered(plan, target).find(({ path }) => path.endsWith(file))?.text ?? '';

describe('what AWS would refuse, or a cluster never come up with', () => {
  const { plan } = shown[0] as { plan: Plan };

  it('is not in the names Terraform gives: they are of the system and the endpoint, wherever the weights lie', async () => {
    const weights = { from: 's3://agency-model-weights/models/openai/gpt-oss-20b', sha256: 'a'.repeat(64), gib: 40 };
    for (const each of [plan, eksPlan({ endpoint: { weights } })]) {
      const { resource } = await moduleOf(textsOf(each, 'assistant'));
      const named = resource.filter(({ type }) => /^aws_(iam_(role|policy)|launch_template|sns_topic)$/.test(type));
      assert.ok(named.length >= 10);
      for (const { address, body } of named)
        assert.match(String(body.name ?? body.name_prefix), /^case-ai-assistant-[\w+=,.@-]+$/, address);
    }
  });

  it('is not a volume smaller than the image: its maker says how large it is', async () => {
    const templates = resourcesOf(plan, 'assistant').filter(([, { Type }]) => Type === 'AWS::EC2::LaunchTemplate');
    assert.equal(templates.length, 2);
    for (const [, { Properties }] of templates) {
      const { BlockDeviceMappings: devices } = Properties.LaunchTemplateData as { BlockDeviceMappings: Json[] };
      assert.deepEqual(
        devices.map(({ DeviceName, Ebs }) => [DeviceName, 'VolumeSize' in (Ebs as Json)]),
        [
          ['/dev/xvda', false],
          ['/dev/xvdb', true],
        ],
      );
    }
    const { resource } = await moduleOf(textsOf(plan, 'assistant'));
    const roots = resource
      .filter(({ type }) => type === 'aws_launch_template')
      .map(({ body }) => (body.block_device_mappings as { device_name: string; ebs: Json[] }[])[0]);
    assert.deepEqual(
      roots.map((root) => [root?.device_name, 'volume_size' in (root?.ebs[0] ?? {})]),
      [
        ['/dev/xvda', false],
        ['/dev/xvda', false],
      ],
    );
  });

  it('is not a host name without PrivateLink: nodes ask ECR under its ordinary name', () => {
    for (const [target, file] of [
      ['cloudformation', 'template.yaml'],
      ['terraform', 'main.tf'],
    ] as const) {
      const configs = [...textOf(plan, target, file).matchAll(/config = \\?"([\w+/=]+)\\?"/g)];
      assert.equal(configs.length, 2, target);
      for (const [, config = ''] of configs)
        assert.equal(Buffer.from(config, 'base64').toString(), '[default]\nuse_fips_endpoint=false');
    }
  });

  it('is not a vocabulary from the internet: gpt-oss finds its own beside the weights, other models look for none', () => {
    const serverOf = (of: Plan) => {
      const objects = parseAllDocuments(textOf(of, 'kubernetes', 'workload.yaml')).map((each) => each.toJS());
      const { containers } = objects.find(({ kind }) => kind === 'Deployment').spec.template.spec;
      return containers[0].env.find(({ name }: { name: string }) => name === 'TIKTOKEN_ENCODINGS_BASE');
    };
    assert.deepEqual(serverOf(plan), { name: 'TIKTOKEN_ENCODINGS_BASE', value: '/weights/tiktoken' });
    assert.match(textOf(plan, 'kubernetes', 'runbook.md'), /o200k_base\.tiktoken/);
    const weights = { from: 's3://agency-model-weights/granite', sha256: 'a'.repeat(64), gib: 40 };
    const other = eksPlan({ endpoint: { model: 'ibm/granite', weights } });
    assert.equal(serverOf(other), undefined);
    assert.doesNotMatch(textOf(other, 'kubernetes', 'runbook.md'), /tiktoken/);
  });

  it('is not a step nobody may take: secrets are made before the administrator is let out', () => {
    const steps = textOf(plan, 'kubernetes', 'runbook.md');
    const out = steps.indexOf('delete-access-entry');
    const made = [...steps.matchAll(/kubectl create secret/g)].map(({ index }) => index);
    assert.equal(made.length, 2);
    assert.ok(made.every((index) => index < out));
  });

  it('is not a policy, a pattern or a template longer than it may be', () => {
    for (const { plan: each } of [...shown, ...variants]) {
      for (const { endpoint } of each.endpoints) {
        const all = resourcesOf(each, endpoint.name);
        const sizeOf = (value: unknown) => JSON.stringify(value).replaceAll(/\s/g, '').length;
        for (const [name, { Type, Properties }] of all) {
          // ARNs are longer than the names of the resources they are got from; hence the room left.
          if (Type === 'AWS::IAM::ManagedPolicy') assert.ok(sizeOf(Properties.PolicyDocument) < 6144 * 0.9, name);
          if (Type === 'AWS::Logs::MetricFilter') assert.ok((Properties.FilterPattern as string).length <= 1024, name);
        }
        assert.ok(all.length > 0 && all.length <= 500);
      }
    }
  });
});
