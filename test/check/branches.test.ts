import assert from 'node:assert/strict';
import { judge, verdictOf } from './gate.js';

const letters = 'ABCDEFGHIJKLMNOPQRST'.split('');
/** Twenty parameters of two values each: a million branches, as in templates that ask for every size and switch. */
const choices = `Parameters:
${letters.map((letter) => `  ${letter}: {Type: String, AllowedValues: ['${letter}1', '${letter}2']}`).join('\n')}
  Use: {Type: String, AllowedValues: ['yes', 'no']}
Conditions:
  Used: !Equals [!Ref Use, 'yes']
`;
const properties = letters.map((letter) => `        - {Key: ${letter}, Value: !Ref ${letter}}`).join('\n');
const bucket = (more: string, condition = ''): string => `${choices}Resources:
  Models:
    Type: AWS::S3::Bucket
${condition}    Properties:
      Tags:
${properties}
${more}`;

const arn = (text: string): string => `      NotificationConfiguration: {TopicConfigurations: [{Topic: ${text}}]}\n`;

describe('a resource with a million branches', () => {
  it('has none that matters where no string names a place', () => {
    assert.equal(verdictOf('arn-partition', bucket('')), undefined);
  });

  it('passes where every string does', () => {
    assert.equal(verdictOf('arn-partition', bucket(arn('arn:aws-us-gov:sns:us-gov-west-1:111122223333:t'))), 'pass');
  });

  it('fails where one does in one branch, which is named', () => {
    const text = bucket(arn("!If [Used, 'arn:aws:sns:us-east-1:111122223333:t', !Ref 'AWS::NoValue']"));
    const [finding] = (judge(text) ?? []).filter((each) => each.requirement === 'arn-partition');
    assert.equal(finding?.verdict, 'fail');
    assert.match(finding?.reason ?? '', /partition aws; /);
    assert.equal(finding?.branch, 'when parameter Use is "yes"');
  });

  it('does not fail for what is only said where it is not created', () => {
    const text = bucket(
      arn("!If [Used, !Ref 'AWS::NoValue', 'arn:aws:sns:us-east-1:111122223333:t']"),
      '    Condition: Used\n',
    );
    assert.notEqual(verdictOf('arn-partition', text), 'fail');
  });

  it('is judged property by property: what one branch settles does not wait for the others', () => {
    const text = bucket(`      VersioningConfiguration: {Status: !If [Used, Enabled, Suspended]}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
`);
    assert.equal(verdictOf('s3-versioning', text), 'fail');
    assert.equal(verdictOf('s3-ownership', text), 'pass');
  });
});
