import assert from 'node:assert/strict';
import { judge } from './gate.js';

describe('the branch a finding names', () => {
  it('holds the choices a resource is called by, whether or not anything could point at it', () => {
    const text = `Parameters:
  Wanted: {Type: String, AllowedValues: ['yes', 'no']}
  Agent: {Type: String, AllowedValues: [a, b]}
Conditions:
  Wanted: !Equals [!Ref Wanted, 'yes']
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Condition: Wanted
    Properties:
      Name: !Sub /agents/\${Agent}
      SecretString: '{{resolve:ssm-secure:x}}'
`;
    const found = (judge(text) ?? []).find(({ requirement }) => requirement === 'secret-rotation');
    assert.equal(found?.verdict, 'fail');
    assert.equal(found?.branch, 'when parameter Wanted is "yes" and parameter Agent is "a"');
  });

  /** A topic whose display name is one of two texts. */
  const topic = (yes: string, no: string): string => `Parameters:
  Wanted: {Type: String, AllowedValues: ['yes', 'no']}
Conditions:
  Wanted: !Equals [!Ref Wanted, 'yes']
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [Wanted, '${yes}', '${no}']
`;
  const ofStrings = (text: string) => (judge(text) ?? []).find(({ requirement }) => requirement === 'arn-partition');

  it('is that of a string, as of a property', () => {
    const found = ofStrings(topic('plain', 'arn:aws:s3:::b'));
    assert.equal(found?.reason, 'a string is "arn:aws:s3:::b", of partition aws; the boundary is aws-us-gov');
    assert.equal(found?.branch, 'when parameter Wanted is "no"');
  });

  it('is named where another value is as wrong in the other branch', () => {
    const found = ofStrings(topic('arn:aws-cn:s3:::b', 'arn:aws:s3:::b'));
    assert.match(found?.reason ?? '', /"arn:aws-cn:s3:::b"/);
    assert.equal(found?.branch, 'when parameter Wanted is "yes", and is wrong otherwise too');
    assert.equal(ofStrings(topic('arn:aws:s3:::b', 'arn:aws:s3:::b'))?.branch, undefined);
    const topicKey = topic('x', 'y')
      .replace('DisplayName', 'KmsMasterKeyId')
      .replace("'x'", 'alias/aws/sns')
      .replace("'y'", 'arn:aws:kms:us-east-1:111122223333:key/x');
    const key = (judge(topicKey) ?? []).find(({ requirement }) => requirement === 'messaging-kms');
    assert.equal(key?.branch, 'when parameter Wanted is "yes", and is wrong otherwise too');
  });
});
