import assert from 'node:assert/strict';
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
