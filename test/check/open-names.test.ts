import assert from 'node:assert/strict';
import { areApart } from '../../src/check/names.js';
import { judge, verdictOf } from './gate.js';

const policy = `
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: agency-models
      PolicyDocument:
        Statement:
          Effect: Deny
          Principal: "*"
          Action: ["s3:*"]
          Resource: ["arn:aws-us-gov:s3:::agency-models", "arn:aws-us-gov:s3:::agency-models/*"]
          Condition: {Bool: {"aws:SecureTransport": false}}
`;
const bucket = (name: string): string => `Parameters: {Name: {Type: String}}
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: ${name}}}${policy}`;

describe('a name that is open', () => {
  it('may be the one a policy spells out', () => {
    assert.equal(verdictOf('s3-tls-only', bucket('agency-models')), 'pass');
    assert.equal(verdictOf('s3-tls-only', bucket('!Ref Name')), 'unknown');
    assert.equal(verdictOf('s3-tls-only', bucket('!Sub "agency-${Name}"')), 'unknown');
  });

  it('is not the one where what is known of it says otherwise', () => {
    assert.equal(verdictOf('s3-tls-only', bucket('!Sub "other-${Name}"')), 'fail');
    assert.equal(verdictOf('s3-tls-only', bucket('other')), 'fail');
  });

  it('is another than one that begins or ends otherwise after the same input', () => {
    const two = (one: string, other: string): string => `Parameters: {Stage: {Type: String}}
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "${one}"}}${policy
    .replace('Bucket: agency-models', `Bucket: !Sub "${other}"`)
    .replaceAll(/arn:aws-us-gov:s3:::agency-models/g, '*')}`;
    assert.equal(verdictOf('s3-tls-only', two('${Stage}-data', '${Stage}-data')), 'pass');
    for (const [one, other] of [
      ['${Stage}-data', '${Stage}-logs'],
      ['data-${Stage}', 'logs-${Stage}'],
      ['${Stage}', '${Stage}-data'],
      ['${Stage}-data', '${Stage}-data-logs'],
      ['data-${Stage}', 'more-data-${Stage}'],
    ] as const) {
      assert.equal(verdictOf('s3-tls-only', two(one, other)), 'fail', `${one} ${other}`);
      assert.equal(verdictOf('s3-tls-only', two(other, one)), 'fail', `${other} ${one}`);
    }
    for (const [one, other] of [
      ['${Stage}-data', '${AWS::StackName}-data'],
      ['${Stage}-data', '${AWS::StackName}'],
      ['${Stage}', '${Stage}${AWS::StackName}'],
      ['a${Stage}', '${Stage}a'],
    ] as const)
      assert.equal(verdictOf('s3-tls-only', two(one, other)), 'unknown', `${one} ${other}`);
  });

  it('may stand in an ARN, and before a qualifier', () => {
    const open = { kind: 'unknown', settledBy: 'parameter P', at: 0 } as const;
    const text = (...parts: (string | typeof open)[]) => ({ kind: 'text', parts, at: 0 }) as const;
    const name = text(open, '-f');
    assert.equal(areApart(name, text('arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:', open, '-f')), false);
    assert.equal(areApart(name, text(open, '-f:prod')), false);
    assert.equal(areApart({ kind: 'scalar', value: 'f', at: 0 }, text('arn:', open, ':function:f')), false);
    assert.equal(areApart({ kind: 'scalar', value: 'f', at: 0 }, text('arn:', open, ':function:g')), false);
    assert.equal(areApart(name, text(open, '-fg')), true);
    assert.equal(areApart({ kind: 'absent', at: 0 }, name), false);
  });

  it('depends on what may be anything, not on the account beside it', () => {
    const image = (tag: string): string => `Parameters: {Tag: {Type: String}}
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Image: !Sub "\${AWS::AccountId}.dkr.ecr.us-gov-west-1.amazonaws.com/vllm${tag}"}]}
`;
    assert.equal(verdictOf('container-image-digest', image(':1')), 'fail');
    const finding = judge(image('@sha256:${Tag}'))?.find(({ requirement }) => requirement === 'container-image-digest');
    assert.match(finding?.reason ?? '', /it depends on parameter Tag$/);
  });

  it('of a place in Azure may be any that begins so', () => {
    const template = (location: string): string =>
      JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { place: { type: 'string' } },
        resources: [
          {
            type: 'Microsoft.CognitiveServices/accounts',
            apiVersion: '2024-10-01',
            name: 'chat',
            kind: 'OpenAI',
            location,
            properties: {},
          },
        ],
      });
    assert.equal(verdictOf('azure-location', template('US Gov Arizona')), 'pass');
    assert.equal(verdictOf('azure-location', template("[concat('US ', parameters('place'))]")), 'unknown');
    assert.equal(verdictOf('azure-location', template("[concat('East ', parameters('place'))]")), 'fail');
  });
});
