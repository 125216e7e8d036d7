import type { ControlBase } from '#model/base.js';
import type { Requirement } from '#model/requirement.js';
import { base } from '../controls/base.js';

const dated = { source: 'test', date: '2026-01-01' };

export const requirement = (id: string, parts: Partial<Requirement> = {}): Requirement => ({
  id,
  title: `Title of ${id}`,
  category: 'logging',
  severity: 'high',
  rationale: 'Because.',
  remediation: 'Do it.',
  controls: [{ id: 'au-11', basis: 'own' }],
  threats: ['api-abuse'],
  endpoints: ['bedrock', 'sagemaker'],
  settings: {},
  expect: {},
  examples: {},
  ...parts,
});

/** Two log requirements that share a setting, one on keys, one that only the high baseline selects. */
export const smallBase: ControlBase = {
  guardrails: {
    organization: { limits: { characters: 5120, attached: 5 }, statements: [], source: 'made up', date: '2026-01-01' },
    config: { limits: { bytes: 51_200, rules: 130 }, rules: [], source: 'made up', date: '2026-01-01' },
  },
  digest: '0'.repeat(64),
  sources: ['controls of the test'],
  controls: [
    { id: 'au-11', label: 'AU-11', title: 'Audit Record Retention' },
    { id: 'au-9.2', label: 'AU-9(2)', title: 'Store on Separate Physical Systems or Components' },
    { id: 'ps-3', label: 'PS-3', title: 'Personnel Screening' },
    { id: 'sc-12', label: 'SC-12', title: 'Cryptographic Key Establishment and Management' },
  ],
  baselines: [
    {
      id: 'fedramp-rev5-high',
      title: 'FedRAMP rev 5 High',
      impact: 'high',
      ...dated,
      controls: ['au-11', 'au-9.2', 'ps-3', 'sc-12'],
      parameters: { 'au-11_odp': ['a time period in compliance with M-21-31'] },
    },
    {
      id: 'fedramp-rev5-moderate',
      title: 'FedRAMP rev 5 Moderate',
      impact: 'moderate',
      ...dated,
      controls: ['au-11', 'ps-3', 'sc-12'],
      parameters: { 'au-11_odp': ['a time period in compliance with M-21-31'] },
    },
    {
      id: 'fedramp-rev5-low',
      title: 'FedRAMP rev 5 Low',
      impact: 'low',
      ...dated,
      controls: ['au-11'],
      parameters: {},
    },
  ],
  threats: [{ id: 'api-abuse', title: 'API abuse', description: 'It is abused.' }],
  natures: {
    natures: { people: 'what people do', configuration: 'not yet' },
    families: { ps: 'people' },
    exceptions: {},
  },
  changes: base.changes,
  families: base.families,
  models: base.models,
  aiUse: base.aiUse,
  waiverLimits: { maxDays: { critical: 30, high: 90, medium: 180, low: 365 }, mostFindings: 10 },
  inheritedMaxDays: 365,
  rules: { version: '1', date: '2026-01-01', source: 'test', indicators: [], families: {}, rules: [] },
  requirements: [
    requirement('key-rotation', {
      category: 'encryption',
      controls: [
        { id: 'sc-12', basis: 'sourced', source: 'AWS Security Hub KMS.4' },
        { id: 'au-9.2', basis: 'own' },
      ],
      settings: {
        'encryption.rotation-days': {
          type: 'integer',
          combine: 'min',
          default: 365,
          range: [90, 365],
          byBaseline: { 'fedramp-rev5-high': 180 },
          description: 'Days until a key is replaced.',
        },
      },
      expect: {
        cloudformation: [{ each: 'AWS::KMS::Key', must: { EnableKeyRotation: { equals: true } } }],
        live: [{ probe: 'kms-key', must: { rotationEnabled: { equals: true } } }],
      },
    }),
    requirement('log-copy', {
      controls: [{ id: 'au-9.2', basis: 'own' }],
      settings: {
        'logging.copies': { type: 'integer', combine: 'max', default: 2, description: 'Copies of logs.' },
      },
      expect: { live: [{ probe: 'bucket', must: { copies: { 'at-least': 2 } } }] },
    }),
    requirement('log-group-retention', {
      settings: {
        'logging.retention-days': {
          type: 'integer',
          combine: 'max',
          default: 365,
          allowed: [90, 180, 365, 400, 731],
          parameter: 'au-11_odp',
          description: 'Days logs are kept.',
        },
      },
      expect: { cloudformation: [{ each: 'AWS::Logs::LogGroup', must: { RetentionInDays: { 'at-least': 365 } } }] },
    }),
    requirement('trail-retention', {
      endpoints: ['bedrock'],
      settings: {
        'logging.retention-days': {
          type: 'integer',
          combine: 'max',
          default: 400,
          description: 'Days trails are kept.',
        },
        'logging.sources': { type: 'list', combine: 'union', default: ['api', 'data'], description: 'What is logged.' },
      },
    }),
  ],
  boundary: {
    partitions: [
      { id: 'aws-us-gov', regions: ['us-gov-east-1', 'us-gov-west-1'], dnsSuffix: 'amazonaws.com', ...dated },
    ],
    models: [
      {
        id: 'openai.gpt-oss-120b-1:0',
        kind: 'bedrock',
        provider: 'OpenAI',
        title: 'gpt-oss-120b',
        regions: ['us-gov-west-1'],
        geoProfile: 'us-gov.openai.gpt-oss-120b-1:0',
        ...dated,
      },
      {
        id: 'amazon.nova-pro-v1:0',
        kind: 'bedrock',
        provider: 'Amazon',
        title: 'Nova Pro',
        regions: ['us-gov-east-1', 'us-gov-west-1'],
        ...dated,
      },
    ],
    nvmeFamilies: { families: ['g4dn'], ...dated },
    kinds: [
      { kind: 'bedrock', regions: ['us-gov-east-1', 'us-gov-west-1'], ...dated },
      { kind: 'sagemaker', regions: ['us-gov-west-1'], ...dated },
    ],
  },
};

export const goodSystem = `name: Case Assistant
id: case-assistant
owner: {organization: Example Agency, contact: isso@agency.example}
impact: {confidentiality: moderate, integrity: moderate, availability: low}
baseline: fedramp-rev5-moderate
boundary:
  partition: aws-us-gov
  regions: [us-gov-west-1]
  account: env:RAMPART_ACCOUNT
network:
  create: {cidr: 10.20.0.0/16}
endpoints:
  - kind: bedrock
    name: assistant
    region: us-gov-west-1
    model: openai.gpt-oss-120b-1:0
  - kind: sagemaker
    name: summaries
    region: us-gov-west-1
    model: openai/gpt-oss-20b
    image: 123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/serving/vllm@sha256:${'ab'.repeat(32)}
    artifact: s3://models-bucket/gpt-oss-20b/model.tar.gz
    instanceType: ml.g4dn.12xlarge
    instances: 2
settings:
  logging.retention-days: 731
waivers:
  - requirement: key-rotation
    resource: OldKey
    owner: Platform team
    approver: ISSO
    reason: Imported key material cannot be rotated.
    expires: 2026-12-31
`;
