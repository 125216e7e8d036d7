import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import { against, verdictOf } from '../check/gate.js';

const logGroup = (key: string): string => `
Parameters:
  KeyArn: {Type: String, Default: ""}
Conditions:
  HasKey: !Not [!Equals [!Ref KeyArn, ""]]
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 400, KmsKeyId: ${key}}}
`;

const endpointConfig = (type: string, key: string): string => `
Resources:
  Key: {Type: AWS::KMS::Key}
  Config:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ${key}
      ProductionVariants: [{ModelName: m, VariantName: v, InstanceType: ${type}, InitialInstanceCount: 2}]
`;

describe('wrong verdicts of other gates', () => {
  it('a key that a condition can leave out does not pass', () => {
    assert.equal(verdictOf('log-group-kms', logGroup('!If [HasKey, !Ref KeyArn, !Ref "AWS::NoValue"]')), 'fail');
  });

  it('a key from a parameter with an empty default does not pass', () => {
    assert.equal(verdictOf('log-group-kms', logGroup('!Ref KeyArn')), 'fail');
  });

  it('an empty key does not pass', () => {
    assert.equal(verdictOf('log-group-kms', logGroup('""')), 'fail');
  });

  it('a given parameter settles the branch', () => {
    const key = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const text = logGroup('!If [HasKey, !Ref KeyArn, !Ref "AWS::NoValue"]');
    assert.equal(verdictOf('log-group-kms', text, { KeyArn: key }), 'pass');
    assert.equal(verdictOf('log-group-kms', text, { KeyArn: '' }), 'fail');
  });

  it('the string "true" is as good as true', () => {
    const key = (value: string) =>
      `Resources:\n  K: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: ${value}}}\n`;
    assert.equal(verdictOf('kms-key-rotation', key('"true"')), 'pass');
    assert.equal(verdictOf('kms-key-rotation', key('"false"')), 'fail');
  });

  for (const partition of ['aws', 'aws-us-gov', 'aws-cn']) {
    it(`AdministratorAccess fails in partition ${partition}`, () => {
      const role = `Resources:\n  R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:${partition}:iam::aws:policy/AdministratorAccess"]}}\n`;
      assert.equal(verdictOf('iam-no-admin', role), 'fail');
    });
  }

  it('retention of one day, and none at all, fail', () => {
    assert.equal(
      verdictOf(
        'log-group-retention',
        'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n',
      ),
      'fail',
    );
    assert.equal(verdictOf('log-group-retention', 'Resources:\n  L: {Type: AWS::Logs::LogGroup}\n'), 'fail');
  });

  it('a volume key is demanded where the instance takes one, and refused where it does not', () => {
    assert.equal(verdictOf('endpoint-config-kms', endpointConfig('ml.g5.xlarge', 'KmsKeyId: !Ref Key')), 'fail');
    assert.equal(verdictOf('endpoint-config-kms', endpointConfig('ml.g5.xlarge', 'Tags: []')), 'pass');
    assert.equal(verdictOf('endpoint-config-kms', endpointConfig('ml.m5.xlarge', 'Tags: []')), 'fail');
    assert.equal(verdictOf('endpoint-config-kms', endpointConfig('ml.zz9.xlarge', 'KmsKeyId: !Ref Key')), 'unknown');
  });

  it('a trail with the type the API rejects fails', () => {
    const trail = `
Resources:
  T:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: b
      AdvancedEventSelectors:
        - FieldSelectors:
            - {Field: eventCategory, Equals: [Data]}
            - {Field: resources.type, Equals: ["AWS::Bedrock::Prompt"]}
`;
    assert.equal(verdictOf('cloudtrail-data-events', trail), 'fail');
  });

  it('a privileged model server on Kubernetes fails', () => {
    const server = (privileged: boolean): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llm, namespace: models}
spec:
  selector: {matchLabels: {app: llm}}
  template:
    metadata: {labels: {app: llm}}
    spec:
      containers:
        - {name: vllm, image: vllm/vllm-openai:v0.11.0, securityContext: {privileged: ${privileged}}}
`;
    assert.equal(verdictOf('container-not-privileged', server(true)), 'fail');
    assert.equal(verdictOf('container-not-privileged', server(false)), 'pass');
  });

  it('an ARN of another partition is no good one in GovCloud', () => {
    const bucket = (partition: string): string =>
      `Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:*", Topic: "arn:${partition}:sns:us-gov-west-1:111122223333:t"}]}}}\n`;
    assert.equal(verdictOf('arn-partition', bucket('aws')), 'fail');
    assert.equal(verdictOf('arn-partition', bucket('aws-us-gov')), 'pass');
  });

  it('nothing in the requirements is spelt for one partition or region', () => {
    const folder = new URL('../../controls/requirements/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    assert.ok(files.length > 100);
    for (const file of files) {
      const { expect } = parse(readFileSync(new URL(file, folder), 'utf8')) as { expect: object };
      assert.doesNotMatch(JSON.stringify(expect), /"[^"]*\b(?:arn:aws[\w-]*:|us-(?:gov-)?(?:east|west)-\d)/, file);
    }
  });

  it('a check that breaks is an error, never silence', () => {
    const broken = {
      ...(against.requirements.find((each) => each.id === 'log-group-retention') as Requirement),
      expect: {
        cloudformation: [{ each: 'AWS::Logs::LogGroup', must: { RetentionInDays: { 'no-such-predicate': 1 } } }],
      },
    };
    const text = 'Resources:\n  L: {Type: AWS::Logs::LogGroup}\n';
    const manifest = readManifest('t.yaml', text, { ...against.boundary, parameters: {} }) as Manifest;
    const [finding] = check([manifest], { ...against, requirements: [broken] });
    assert.equal(finding?.verdict, 'error');
    assert.match(finding.reason, /no-such-predicate does not exist/);
  });

  it('more branches than can be followed are unknown, not passed', () => {
    const names = Array.from({ length: 9 }, (_, index) => `P${index}`);
    const text = [
      'Parameters:',
      ...names.map((name) => `  ${name}: {Type: String, AllowedValues: [a, b]}`),
      'Conditions:',
      ...names.map((name) => `  C${name}: !Equals [!Ref ${name}, a]`),
      'Resources:',
      '  R:',
      '    Type: AWS::KMS::Key',
      '    Properties:',
      '      EnableKeyRotation: true',
      `      RotationPeriodInDays: ${names.reduce((inner, name) => `!If [C${name}, ${inner}, 365]`, '!If [CP0, 365, 364]')}`,
      '      KeySpec: SYMMETRIC_DEFAULT',
      `      Enabled: !Sub "\${P0}\${P1}\${P2}\${P3}\${P4}\${P5}\${P6}\${P7}\${P8}"`,
    ].join('\n');
    assert.equal(verdictOf('kms-key-rotation', text), 'pass');
    assert.notEqual(verdictOf('kms-key-enabled', text), 'pass');
  });
});

describe('what is open at its beginning', () => {
  it('is not taken for a string that is no ARN', () => {
    const bucket = (destination: string): string => `
Parameters:
  Prefix: {Type: String}
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties:
      ReplicationConfiguration: {Role: r, Rules: [{Status: Enabled, Destination: {Bucket: ${destination}}}]}
`;
    assert.equal(verdictOf('s3-replication-destination', bucket('!Sub "${Prefix}:s3:::elsewhere"')), 'unknown');
    assert.equal(verdictOf('s3-replication-destination', bucket('"arn:aws:s3:::elsewhere"')), 'fail');
  });
});
