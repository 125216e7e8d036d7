import assert from 'node:assert/strict';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { settingValues } from '#model/setting.js';
import { check } from '../../../src/check/check.js';
import { readManifest } from '../../../src/manifest/read.js';
import { render } from '../../../src/render/render.js';
import { terraformTrace } from '../../../src/render/terraform/trace.js';
import { base } from '../../controls/base.js';
import { shown } from '../eks-plans.js';
import { variants as services, templates } from '../plans.js';
import { blocking, judged } from './judged.js';
import { moduleOf, modulesOf, textsOf } from './module.js';

const variants = [...services, ...shown];

describe('a plan worked out from rendered Terraform, without provider or account, before the gate', function () {
  this.timeout(120_000);

  for (const { name, plan } of variants) {
    it(`has no failing and no open finding: ${name}`, async () => {
      const modules = await modulesOf(plan);
      for (const each of modules) {
        const findings = judged(plan, [each]);
        assert.ok(findings.length > 100, `only ${findings.length} findings`);
        assert.deepEqual(blocking(findings), []);
      }
      assert.deepEqual(blocking(judged(plan, modules)), []);
    });
  }

  it('is judged by whatever requirement the CloudFormation of the same plan is judged by, but for those of CloudFormation alone', async () => {
    for (const { plan } of variants) {
      for (const each of await modulesOf(plan)) {
        const told = new Set(judged(plan, [each]).map(({ requirement }) => requirement));
        const missing = cloudformationJudged(plan, each.endpoint).filter((id) => !told.has(id) && id !== unsaid);
        assert.deepEqual(missing, []);
      }
    }
  });

  it('says of no line that it serves a requirement the gate did not pass', async () => {
    for (const { plan } of variants) {
      for (const each of await modulesOf(plan)) {
        const { endpoint, requirements } = each.endpoint;
        const passed = new Set(
          judged(plan, [each]).flatMap(({ requirement, verdict }) => (verdict === 'pass' ? [requirement] : [])),
        );
        const planned = base.requirements.filter(({ id }) => requirements.some((one) => one.id === id));
        const texts = [...textsOf(plan, endpoint.name)].flatMap(([file, text]) => (file.endsWith('.tf') ? [text] : []));
        const told = texts
          .flatMap((text) => terraformTrace(text, planned, endpoint.kind, texts))
          .flatMap((line) => line.requirements);
        assert.deepEqual(
          told.filter((id) => !passed.has(id)),
          [],
        );
        // The rest is met by what is not written, or spoken of all resources alike.
        assert.ok(new Set(told).size > passed.size * 0.7, `${new Set(told).size} of ${passed.size}`);
      }
    }
  });

  /** A weaker line, in one file, and the requirement that must notice. */
  const weakened: readonly [endpoint: string, file: string, from: string, to: string, requirement: string][] = [
    ['chat', 'main.tf', 'enable_key_rotation      = true', 'enable_key_rotation      = false', 'kms-key-rotation'],
    ['chat', 'variables.tf', 'default     = 30\n', 'default     = 7\n', 'kms-key-deletion-window'],
    ['chat', 'main.tf', 'input_strength  = "HIGH"', 'input_strength  = "LOW"', 'guardrail-prompt-attack'],
    ['chat', 'main.tf', '  kms_key_arn               = aws_kms_key.endpoint.arn\n', '', 'guardrail-kms'],
    ['chat', 'logging.tf', 'status = "Enabled"', 'status = "Suspended"', 's3-versioning'],
    ['chat', 'logging.tf', 'days = var.object_lock_days', 'days = 1', 's3-object-lock'],
    ['chat', 'logging.tf', 'is_multi_region_trail         = true', '', 'cloudtrail-multi-region'],
    [
      'chat',
      'logging.tf',
      'equals = ["AWS::Bedrock::Model"]',
      'equals = ["AWS::S3::Object"]',
      'cloudtrail-data-events',
    ],
    ['chat', 'logging.tf', 'variable = "aws:SecureTransport"', 'variable = "aws:ViaAWSService"', 's3-tls-only'],
    [
      'chat',
      'logging.tf',
      'retention_in_days = var.log_retention_days',
      'retention_in_days = 1',
      'log-group-retention',
    ],
    [
      'chat',
      'logging.tf',
      'block_public_policy     = true',
      'block_public_policy     = false',
      's3-public-access-block',
    ],
    ['chat', 'logging.tf', 'alarm_actions       = [aws_sns_topic.alarms.arn]', 'alarm_actions = []', 'alarm-actions'],
    ['chat', 'network.tf', 'traffic_type             = "ALL"', 'traffic_type = "REJECT"', 'vpc-flow-logs'],
    ['chat', 'network.tf', 'private_dns_enabled = true', 'private_dns_enabled = false', 'vpc-endpoint-private-dns'],
    [
      'chat',
      'network.tf',
      'cidr_ipv4         = aws_vpc.endpoint.cidr_block',
      'cidr_ipv4 = "0.0.0.0/0"',
      'security-group-ingress',
    ],
    [
      'chat',
      'network.tf',
      'variable = "aws:SourceAccount"',
      'variable = "aws:RequestedRegion"',
      'iam-trust-conditions',
    ],
    [
      'chat',
      'network.tf',
      'foundation-model/openai.gpt-oss-120b-1:0',
      'foundation-model/*',
      'bedrock-model-allow-list',
    ],
    [
      'chat',
      'identity.tf',
      'actions = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]',
      'actions = ["bedrock:*"]',
      'iam-no-service-wildcard',
    ],
    [
      'chat',
      'identity.tf',
      'permissions_boundary = aws_iam_policy.invoke_boundary.arn\n',
      '',
      'iam-permissions-boundary',
    ],
    [
      'summarizer',
      'main.tf',
      'enable_network_isolation = true',
      'enable_network_isolation = false',
      'sagemaker-network-isolation',
    ],
    ['summarizer', 'main.tf', 'initial_instance_count = 2', 'initial_instance_count = 1', 'sagemaker-two-instances'],
    ['summarizer', 'main.tf', 'kms_key_arn = aws_kms_key.endpoint.arn', '', 'endpoint-config-kms'],
    ['summarizer', 'main.tf', 'enable_ssm_access      = false', 'enable_ssm_access      = true', 'sagemaker-no-ssm'],
    [
      'summarizer',
      'main.tf',
      'initial_sampling_percentage = var.capture_percentage',
      'initial_sampling_percentage = 1',
      'sagemaker-data-capture',
    ],
    [
      'summarizer',
      'network.tf',
      'cidr_ipv4         = aws_vpc.endpoint.cidr_block\n  ip_protocol       = "tcp"\n  from_port         = 443\n  to_port           = 443\n}\n\n# Callers come',
      'cidr_ipv4 = "0.0.0.0/0"\n  ip_protocol = "-1"\n}\n\n# Callers come',
      'security-group-egress',
    ],
  ];
  for (const [name, file, from, to, requirement] of weakened) {
    it(`fails ${requirement} where a line of ${name}/${file} asks for less`, async () => {
      const { plan } = variants[0] as { plan: Plan };
      const endpoint = plan.endpoints.find((each) => each.endpoint.name === name) as EndpointPlan;
      const texts = textsOf(plan, name);
      const text = texts.get(file) ?? '';
      assert.ok(text.includes(from), `${file} does not say ${from}`);
      texts.set(
        file,
        text.replace(from, () => to),
      );
      const failed = judged(plan, [{ endpoint, module: await moduleOf(texts) }]).filter(
        ({ verdict }) => verdict === 'fail',
      );
      assert.ok(
        failed.some((finding) => finding.requirement === requirement),
        blocking(failed).join('\n'),
      );
    });
  }
});

/** A bucket says in CloudFormation where it is copied to; in Terraform a resource of its own does, of which there is none. */
const unsaid = 's3-replication-destination';

/** Requirements with a finding on the CloudFormation of an endpoint that also say something of Terraform. */
function cloudformationJudged({ system, ...plan }: Plan, { endpoint, requirements, settings }: EndpointPlan): string[] {
  const { partition, regions } = system.boundary;
  const manifests = render({ system, ...plan }, 'cloudformation', templates, base.boundary)
    .filter((file) => file.endpoint === endpoint.name && file.path.endsWith('.yaml'))
    .map(({ path, text }) => readManifest(path, text, { partition, regions, parameters: {} }))
    .filter((manifest) => 'resources' in manifest);
  const planned = new Set(requirements.map(({ id }) => id));
  const findings = check(manifests, {
    requirements: base.requirements.filter(({ id, expect }) => planned.has(id) && expect.terraform),
    settings: settingValues(settings),
    boundary: { partition, regions },
    nvmeFamilies: base.boundary.nvmeFamilies,
    offers: base.boundary,
    clouds: base.boundary.clouds,
    needs: [endpoint.kind],
    system: system.id,
  });
  return [...new Set(findings.map(({ requirement }) => requirement))];
}
