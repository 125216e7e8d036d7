import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import type { EndpointPlan, Plan, PlannedRequirement } from '#model/plan.js';
import type { Position } from '#model/position.js';
import type { Mapping } from '#model/requirement.js';
import type { Setting } from '#model/setting.js';
import type { Severity } from '#model/severity.js';
import type { Verdict } from '#model/verdict.js';
import type { Waiver } from '#model/waiver.js';

/** A system in trouble: every verdict, two manifests, live facts, a waiver that holds and one that matches nothing. */
export const time = '2026-11-20T14:30:00Z';
export const controlDataDigest = '9f2c1d7ab04e6f38c5d1e2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7';
export const system = { id: 'benefits-assistant', name: 'Benefits Assistant' };
export const baseline = { id: 'fedramp-rev5-moderate', title: 'FedRAMP rev 5 Moderate' };

const sourced = (id: string, source: string): Mapping => ({ id, basis: 'sourced', source });
const own = (id: string): Mapping => ({ id, basis: 'own' });

interface Subject {
  title: string;
  severity: Severity;
  controls: readonly Mapping[];
  remediation: string;
}

const requirements: Readonly<Record<string, Subject>> = {
  'kms-key-rotation': {
    title: 'Customer-managed keys rotate at least once a year',
    severity: 'high',
    controls: [sourced('sc-12', 'AWS Security Hub KMS.4'), own('sc-28.1')],
    remediation: 'Set EnableKeyRotation to true on the key, and RotationPeriodInDays to at most 365.',
  },
  'security-group-egress': {
    title: 'Security groups name what may leave',
    severity: 'high',
    controls: [sourced('sc-7.5', 'AWS Config conformance pack for NIST 800-53 rev 5'), own('sc-7'), own('ac-4')],
    remediation:
      'List SecurityGroupEgress. Where nothing may leave, name a rule that reaches nothing: absent means everything.',
  },
  'log-group-retention': {
    title: 'Log groups keep records for as long as the baseline asks',
    severity: 'medium',
    controls: [sourced('au-11', 'AWS Security Hub CloudWatch.16')],
    remediation: 'Set RetentionInDays to 365 or more.',
  },
  'endpoint-config-kms': {
    title: 'Storage volumes of SageMaker endpoints are encrypted with a customer-managed key',
    severity: 'high',
    controls: [
      sourced('sc-28', 'AWS Config rule sagemaker-endpoint-configuration-kms-key-configured'),
      own('sc-28.1'),
      own('sc-13'),
    ],
    remediation:
      'Set KmsKeyId on the endpoint configuration, and leave it out for instance types with local NVMe storage.',
  },
  'vpc-endpoint-policy': {
    title: 'VPC endpoints carry a policy that names models and callers',
    severity: 'high',
    controls: [own('ac-3'), own('ac-4'), own('sc-7.5')],
    remediation: 'Write a PolicyDocument that allows only the actions, models and principals of the endpoint.',
  },
  'sagemaker-network-isolation': {
    title: 'Model containers run without a network',
    severity: 'critical',
    controls: [sourced('sc-7', 'AWS Security Hub SageMaker.5'), own('sc-7.5')],
    remediation: 'Set EnableNetworkIsolation to true on the model.',
  },
  'cloudtrail-kms': {
    title: 'Trails encrypt their log files with a customer-managed key',
    severity: 'medium',
    controls: [sourced('au-9', 'AWS Security Hub CloudTrail.2'), own('sc-28')],
    remediation: 'Set KMSKeyId on the trail.',
  },
  'arn-partition': {
    title: 'Names of resources stay inside the boundary',
    severity: 'high',
    controls: [own('sa-9.5')],
    remediation: 'Use arn:aws-us-gov and a region of the boundary.',
  },
};

export const bedrockFile = 'deploy/assistant-bedrock.yaml';
export const sagemakerFile = 'deploy/triage-sagemaker.yaml';

export const at = (file: string, line: number, column = 7): Position => ({ file, line, column });

export function finding(
  requirement: string,
  verdict: Verdict,
  resource: string,
  type: string,
  reason: string,
  more: Partial<Finding> = {},
): Finding {
  const subject = requirements[requirement];
  if (!subject) throw new Error(`The sample knows no requirement ${requirement}`);
  return { requirement, ...subject, verdict, resource, type, reason, ...more };
}

export const waiver: Waiver = {
  requirement: 'log-group-retention',
  resource: 'BuildLogs',
  owner: 'J. Okafor, platform team',
  approver: 'M. Reyes, ISSO',
  reason: 'Build logs hold no audit records; the trail keeps them for 400 days.',
  expires: '2026-12-31',
  ticket: 'POAM-42',
};

const unused: Waiver = {
  requirement: 'kms-key-rotation',
  resource: 'LegacyKey',
  owner: 'J. Okafor, platform team',
  approver: 'M. Reyes, ISSO',
  reason: 'The key is imported and is replaced in the third quarter.',
  expires: '2026-09-30',
};

const keyArn = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0';

export const findings: readonly Finding[] = [
  finding(
    'security-group-egress',
    'fail',
    'EndpointSecurityGroup',
    'AWS::EC2::SecurityGroup',
    'SecurityGroupEgress is absent, and absent means that everything may leave.',
    {
      position: at(bedrockFile, 118),
    },
  ),
  finding('kms-key-rotation', 'fail', 'PromptLogKey', 'AWS::KMS::Key', 'EnableKeyRotation is false; it must be true.', {
    position: at(bedrockFile, 42),
    branch: 'when LongLived is "false"',
  }),
  finding(
    'endpoint-config-kms',
    'unknown',
    'TriageEndpointConfig',
    'AWS::SageMaker::EndpointConfig',
    'KmsKeyId is not known: it comes from parameter VolumeKeyArn, which has no default.',
    {
      position: at(sagemakerFile, 64),
    },
  ),
  finding(
    'cloudtrail-kms',
    'error',
    'Trail',
    'AWS::CloudTrail::Trail',
    'The check broke: the policy of the key is nested more than 64 levels deep.',
    {
      position: at(bedrockFile, 201),
    },
  ),
  finding(
    'log-group-retention',
    'waived',
    'BuildLogs',
    'AWS::Logs::LogGroup',
    'RetentionInDays is 30; it must be at least 365.',
    {
      position: at(sagemakerFile, 140),
      waiver,
    },
  ),
  finding(
    'log-group-retention',
    'pass',
    'InvocationLogs',
    'AWS::Logs::LogGroup',
    'RetentionInDays is 400, at least 365.',
    {
      position: at(bedrockFile, 88),
      evidence: [at(bedrockFile, 91)],
    },
  ),
  finding(
    'vpc-endpoint-policy',
    'pass',
    'BedrockRuntimeEndpoint',
    'AWS::EC2::VPCEndpoint',
    'PolicyDocument names one model and one role.',
    {
      position: at(bedrockFile, 150),
      evidence: [at(bedrockFile, 155), at(bedrockFile, 158), at(bedrockFile, 161)],
    },
  ),
  finding(
    'sagemaker-network-isolation',
    'pass',
    'TriageModel',
    'AWS::SageMaker::Model',
    'EnableNetworkIsolation is true.',
    {
      position: at(sagemakerFile, 30),
      evidence: [at(sagemakerFile, 34)],
    },
  ),
  finding(
    'arn-partition',
    'pass',
    'TriageModel',
    'AWS::SageMaker::Model',
    'Every ARN is of aws-us-gov and us-gov-west-1.',
    {
      position: at(sagemakerFile, 30),
      evidence: [at(sagemakerFile, 38), at(sagemakerFile, 44)],
    },
  ),
  finding(
    'arn-partition',
    'pass',
    'InvocationRole',
    'AWS::IAM::Role',
    'Every ARN is of aws-us-gov and us-gov-west-1.',
    {
      position: at(bedrockFile, 170),
      evidence: [at(bedrockFile, 181)],
    },
  ),
  finding(
    'kms-key-rotation',
    'not-applicable',
    'SigningKey',
    'AWS::KMS::Key',
    'KeySpec is ECC_NIST_P256: keys that sign do not rotate.',
    {
      position: at(sagemakerFile, 12),
    },
  ),
  finding('kms-key-rotation', 'pass', keyArn, 'kms-key', 'rotationEnabled is true.'),
];

export const observations: readonly Observation[] = [
  {
    probe: 'sts-identity',
    service: 'sts',
    call: 'GetCallerIdentity',
    subject: 'caller',
    time: '2026-11-20T14:29:51Z',
    requestId: 'c3d1f2a0-5b6c-4d7e-8f90-a1b2c3d4e5f6',
    outcome: 'answered',
    answer: { partition: 'aws-us-gov' },
  },
  {
    probe: 'kms-key',
    service: 'kms',
    call: 'GetKeyRotationStatus',
    subject: keyArn,
    time: '2026-11-20T14:29:52Z',
    requestId: 'd4e2a3b1-6c7d-4e8f-9a01-b2c3d4e5f607',
    outcome: 'answered',
    answer: { rotationEnabled: true },
  },
  {
    probe: 'kms-key',
    service: 'kms',
    call: 'DescribeKey',
    subject: 'alias/triage-volumes',
    time: '2026-11-20T14:29:53Z',
    outcome: 'denied',
    detail: 'Grant kms:DescribeKey to the caller to settle it.',
    answer: {},
  },
];

const retention: Setting = {
  id: 'logging.retention-days',
  value: 400,
  description: 'Days log groups keep their records.',
  because: [
    {
      kind: 'parameter',
      requirement: 'log-group-retention',
      parameter: 'au-11_odp',
      text: 'a time period in compliance with M-21-31',
    },
    { kind: 'requirement', requirement: 'log-group-retention', controls: ['au-11'], value: 365 },
    { kind: 'user', value: 400 },
  ],
};

const settings: readonly Setting[] = [
  {
    id: 'encryption.key-rotation-days',
    value: 365,
    description: 'Most days between two rotations of a key.',
    because: [{ kind: 'requirement', requirement: 'kms-key-rotation', controls: ['sc-12', 'sc-28.1'], value: 365 }],
  },
  retention,
  {
    id: 'network.interface-endpoints',
    value: ['bedrock-runtime', 'kms', 'logs', 'sts'],
    description: 'Services reached through PrivateLink.',
    because: [
      {
        kind: 'requirement',
        requirement: 'vpc-endpoint-policy',
        controls: ['ac-4', 'sc-7.5'],
        value: ['bedrock-runtime', 'kms', 'logs', 'sts'],
      },
    ],
  },
];

const planned = (...ids: string[]): PlannedRequirement[] =>
  ids.sort().map((id) => {
    const { title, severity, controls } = requirements[id] as Subject;
    return { id, title, severity, controls };
  });

const bedrock: EndpointPlan = {
  endpoint: { kind: 'bedrock', name: 'assistant', region: 'us-gov-west-1', model: 'openai.gpt-oss-120b-1:0' },
  settings,
  requirements: planned(
    'arn-partition',
    'cloudtrail-kms',
    'kms-key-rotation',
    'log-group-retention',
    'security-group-egress',
    'vpc-endpoint-policy',
  ),
};

const sagemaker: EndpointPlan = {
  endpoint: {
    kind: 'sagemaker',
    name: 'triage',
    region: 'us-gov-west-1',
    model: 'openai/gpt-oss-20b',
    image: `111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/vllm@sha256:${'ab'.repeat(32)}`,
    artifact: 's3://agency-models/gpt-oss-20b.tar.gz',
    instanceType: 'ml.g5.12xlarge',
    instances: 2,
  },
  settings: settings.slice(0, 2),
  requirements: planned('arn-partition', 'endpoint-config-kms', 'log-group-retention', 'sagemaker-network-isolation'),
};

export const plan: Plan = {
  system: {
    ...system,
    owner: { organization: 'Department of Examples', contact: 'benefits-assistant@agency.example' },
    impact: { confidentiality: 'moderate', integrity: 'moderate', availability: 'low' },
    boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
    network: { create: { cidr: '10.20.0.0/20' } },
    endpoints: [bedrock.endpoint, sagemaker.endpoint],
    waivers: [waiver, unused],
  },
  baseline: baseline.id,
  stoodOn: ['NIST SP 800-53 rev 5: usnistgov/oscal-content@88bb8de'],
  endpoints: [bedrock, sagemaker],
};

/** Names a user or an attacker may put anywhere a name can stand. */
export const hostile: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  ']]> --> </style></title></main>',
  'evil\u202etxt.exe',
  'bell\u0007 escape\u001b[31m null\u0000',
  'two\nlines\r\nand\ttabs',
  '  blanks around  ',
  '\u200b',
  '',
  'half \ud83d of a pair',
  '{{ insert: param, x }} `code` *bold* [link](javascript:alert(1))',
  '../../etc/passwd',
  '//host/share',
  'C:\\deploy\\a b.yaml',
  'a:b?c#d%zz',
  'javascript:alert(1)',
  'tag\u{e0041}\u{e0042} \ufeff bom \u2028 separator',
  'עברית and العربية',
];
