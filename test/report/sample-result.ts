import { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';

/** A small result with one finding of each verdict, a file that was not read, and a waiver that waived nothing. */
export const sources = new Map([
  [
    'deploy/logs.yaml',
    new Lines(
      'deploy/logs.yaml',
      `Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 1}
  More: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}
  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: !Ref Rotate}}
  Model:
    Type: AWS::SageMaker::Model
    Properties: {PrimaryContainer: {Environment: {HF_TOKEN: hf_secret}}}
`,
    ),
  ],
]);

const at = (line: number, column: number) => ({ file: 'deploy/logs.yaml', line, column });

const retention = {
  requirement: 'log-group-retention',
  title: 'Logs are kept as long as the baseline asks',
  severity: 'medium',
  controls: [
    { id: 'au-11', basis: 'sourced', source: 'AWS Config conformance pack' },
    { id: 'si-12', basis: 'own' },
  ],
  type: 'AWS::Logs::LogGroup',
  verdict: 'fail',
  reason: 'RetentionInDays is 1; must be at least 365',
  remediation: 'Set RetentionInDays to 365 or more.',
} as const;

const waiver = {
  requirement: 'kms-key-policy',
  resource: 'Key',
  owner: 'Platform team',
  approver: 'A. Person',
  reason: 'Vendor, fixed in "2.0"',
  expires: '2027-01-31',
  ticket: 'RISK-7',
};

export const sample: Result = {
  tool: { name: 'rampart', version: '0.1.0' },
  baseline: 'fedramp-rev5-moderate',
  controlData: 'c0ffee',
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
  withoutRequirement: { 'AWS::EC2::RouteTable': 2, 'AWS::EC2::SubnetRoute': 1 },
  files: [
    {
      file: 'deploy/logs.yaml',
      status: 'judged',
      resources: 4,
      notes: [{ message: 'Fn::Transform is not followed', position: at(1, 1) }],
    },
    {
      file: 'deploy/bad.yaml',
      status: 'not-readable',
      resources: 0,
      notes: [
        { message: 'the list that begins here has no end', position: { file: 'deploy/bad.yaml', line: 3, column: 5 } },
      ],
      next: 'Close the list.',
    },
    { file: 'deploy/notes.json', status: 'not-a-manifest', resources: 0, notes: [{ message: 'it has no Resources' }] },
  ],
  findings: [
    { ...retention, resource: 'Logs', position: at(4, 18) },
    { ...retention, resource: 'More', position: at(5, 50) },
    {
      ...retention,
      requirement: 'kms-key-rotation',
      title: 'Keys are rotated',
      severity: 'high',
      controls: [{ id: 'sc-12', basis: 'own' }],
      resource: 'Key',
      type: 'AWS::KMS::Key',
      verdict: 'unknown',
      reason: 'EnableKeyRotation is not known before deployment: it depends on the parameter Rotate',
      branch: 'when UseKey is "true"',
      position: at(6, 62),
      remediation: 'Set EnableKeyRotation to true.',
    },
    {
      ...retention,
      requirement: 'kms-key-policy',
      title: 'Key policies name who may use the key',
      severity: 'critical',
      controls: [{ id: 'ac-6', basis: 'own' }],
      resource: 'Key',
      type: 'AWS::KMS::Key',
      verdict: 'waived',
      reason: 'KeyPolicy is absent; must be there',
      position: at(6, 3),
      remediation: 'Write a key policy.',
      waiver,
    },
    {
      ...retention,
      requirement: 'kms-key-spec',
      title: 'Keys have an approved spec',
      severity: 'low',
      controls: [{ id: 'sc-13', basis: 'own' }],
      resource: 'Key',
      type: 'AWS::KMS::Key',
      verdict: 'pass',
      reason: 'Keys have an approved spec',
      position: at(6, 3),
      evidence: [at(6, 3)],
      remediation: 'Choose an approved spec.',
    },
    {
      ...retention,
      requirement: 'no-inline-secrets',
      title: 'No credentials in the environment',
      severity: 'high',
      controls: [{ id: 'ia-5.7', basis: 'own' }],
      resource: 'Model',
      type: 'AWS::SageMaker::Model',
      reason: 'meets what it must not: PrimaryContainer.Environment.HF_TOKEN present true',
      position: at(9, 61),
      remediation: 'Remove the variable.',
      sensitive: true,
    },
    {
      ...retention,
      requirement: 'cloudtrail-multi-region',
      title: 'A trail records all regions',
      severity: 'high',
      controls: [{ id: 'au-12', basis: 'own' }],
      resource: 'my-system',
      type: 'system',
      reason: 'no AWS::CloudTrail::Trail is there',
      remediation: 'Add a trail.',
    },
    {
      ...retention,
      requirement: 'ecr-signing',
      title: 'Images are signed',
      severity: 'low',
      controls: [{ id: 'cm-14', basis: 'own' }],
      resource: 'Repository',
      type: 'AWS::ECR::Repository',
      verdict: 'error',
      reason: 'could not be judged: predicate x does not exist',
      position: at(1, 1),
      remediation: 'Sign the images.',
    },
    {
      ...retention,
      requirement: 's3-versioning',
      title: 'Buckets keep versions',
      severity: 'low',
      controls: [{ id: 'cp-9', basis: 'own' }],
      resource: 'Bucket',
      type: 'AWS::S3::Bucket',
      verdict: 'not-applicable',
      reason: 'does not apply',
      position: at(1, 1),
      remediation: 'Keep versions.',
    },
  ],
  unusedWaivers: [{ waiver: { ...waiver, resource: 'Gone' }, why: 'matches no finding of this run' }],
};
