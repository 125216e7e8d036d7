import assert from 'node:assert/strict';
import { statementsOf } from '#check/policy-document.js';
import { fromJson, type Value } from '#model/value.js';
import { verdictOf } from './gate.js';

/** What a condition binds: true, false, or undefined where that is not known. */
function binds(condition: object): unknown {
  const document = fromJson({ Statement: { Effect: 'Allow', Condition: condition } }, 0);
  assert.ok(document.kind === 'dict');
  const statements = statementsOf(document);
  assert.ok(statements?.kind === 'list');
  const [statement] = statements.items;
  assert.ok(statement?.kind === 'dict');
  const conditions = statement.get('Condition');
  assert.ok(conditions.kind === 'list');
  const [first] = conditions.items;
  // What is left out is no condition.
  if (!first) return false;
  assert.ok(first.kind === 'dict');
  const value: Value = first.get('Binds');
  return value.kind === 'scalar' ? value.value : undefined;
}

const key = (policy: string): string => `Parameters:
  Who: {Type: String}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement: {Effect: Allow, Principal: "*", Action: "kms:Decrypt", Resource: "*", Condition: ${policy}}
`;

describe('a condition of a policy', () => {
  it('binds nobody where a value fits anybody', () => {
    for (const [operator, name, value] of [
      ['StringLike', 'aws:PrincipalArn', '*'],
      ['StringLike', 'aws:PrincipalArn', ['arn:aws-us-gov:iam::111122223333:role/x', '**']],
      ['StringLike', 'aws:PrincipalArn', 'arn:*'],
      ['StringLike', 'aws:PrincipalArn', 'arn:aws-us-gov:iam::*'],
      ['ArnLike', 'aws:PrincipalArn', 'arn:aws-us-gov:iam::*:role/x'],
      ['ArnEquals', 'aws:PrincipalArn', 'arn:aws-us-gov:iam::11112222????:role/x'],
      ['ArnLike', 'aws:SourceArn', 'arn:aws-us-gov:s3:::*'],
      ['StringLike', 'aws:PrincipalAccount', '1*'],
      ['StringLike', 'aws:PrincipalAccount', '????????????'],
      ['StringLike', 'aws:PrincipalOrgID', 'o-*'],
      ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-ab12/*'],
      ['StringLike', 'aws:SourceVpce', 'vpce-*'],
      // The variable of the key itself is whatever the caller brings.
      ['StringEquals', 'kms:CallerAccount', '${kms:CallerAccount}'],
      ['StringEquals', 'aws:ResourceAccount', "${AWS:resourceAccount, 'x'}"],
      ['StringLike', 'aws:SourceVpce', '*&{aws:SourceVpce}*'],
      ['StringLike', 'aws:PrincipalArn', []],
      ['StringEquals', 'aws:PrincipalArn', []],
      ['StringNotEquals', 'aws:PrincipalAccount', '111122223333'],
      ['StringEqualsIfExists', 'aws:PrincipalAccount', '111122223333'],
      ['ForAllValues:StringEquals', 'aws:PrincipalOrgID', 'o-abc123'],
      ['Null', 'aws:PrincipalAccount', 'false'],
    ] as const) {
      assert.equal(binds({ [operator]: { [name]: value } }), false, `${operator} ${name} ${value}`);
    }
  });

  it('binds somebody where each value names one', () => {
    for (const [operator, name, value] of [
      ['StringEquals', 'aws:PrincipalAccount', '111122223333'],
      ['StringLike', 'aws:PrincipalAccount', ['111122223333', '444455556666']],
      // To such an operator a star is a star, which is nobody's name.
      ['StringEquals', 'aws:PrincipalArn', '*'],
      ['ArnLike', 'aws:PrincipalArn', 'arn:*:iam::111122223333:role/*'],
      ['ArnLike', 'aws:SourceArn', 'arn:aws-us-gov:logs:*:111122223333:*'],
      ['ArnLike', 'aws:SourceArn', 'arn:aws-us-gov:s3:::weights*'],
      ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-abc123/r-ab12/*'],
      ['StringLike', 'aws:PrincipalOrgID', 'o-abc123'],
      ['StringLike', 'aws:SourceVpce', 'vpce-0123'],
    ] as const) {
      assert.equal(binds({ [operator]: { [name]: value } }), true, `${operator} ${name} ${value}`);
    }
  });

  it('is judged by what is known of a value that is not known yet', () => {
    for (const [condition, verdict] of [
      ['{StringLike: {"aws:PrincipalArn": !Ref Who}}', 'unknown'],
      ['{StringEquals: {"aws:PrincipalArn": !Ref Who}}', 'pass'],
      ['{StringEquals: {"aws:PrincipalArn": !Ref "AWS::NoValue"}}', 'fail'],
      ['{StringEquals: {"aws:PrincipalArn": [!Ref "AWS::NoValue"]}}', 'fail'],
      // What a macro writes may be nothing, and takes the condition with it.
      ...['', '[', '"x", '].map((before): [string, string] => {
        const found = '{"Fn::Transform": {Name: Callers, Parameters: {Of: !Ref Who}}}';
        const value = before === '' ? found : `[${before.replace('[', '')}${found}]`;
        return [`{StringEquals: {"aws:PrincipalArn": ${value}}}`, before === '"x", ' ? 'pass' : 'unknown'];
      }),
      ['{ArnLike: {"aws:PrincipalArn": !GetAtt Role.Arn}}', 'pass'],
      ['{StringLike: {"aws:PrincipalAccount": !Ref "AWS::AccountId"}}', 'pass'],
      ['{ArnLike: {"aws:PrincipalArn": !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Who}"}}', 'pass'],
      ['{ArnLike: {"aws:PrincipalArn": !Sub "arn:aws-us-gov:iam::${Who}:role/x"}}', 'unknown'],
      ['{ArnLike: {"aws:PrincipalArn": !Sub "arn:aws-us-gov:iam::*:role/${Who}"}}', 'unknown'],
      ['{ArnLike: {"aws:PrincipalArn": !Sub "arn:${AWS::Partition}:iam::*:role/x"}}', 'fail'],
    ] as const) {
      assert.equal(verdictOf('kms-key-policy', key(condition)), verdict, condition);
    }
  });
});
