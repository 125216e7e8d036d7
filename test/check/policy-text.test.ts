import assert from 'node:assert/strict';
import { verdictOf } from './gate.js';

const policy = (document: string): string => `Parameters:
  Who: {Type: String}
  Vpc: {Type: "AWS::EC2::VPC::Id"}
  Number: {Type: Number}
  Named: {Type: String, AllowedPattern: '^[a-z][a-z0-9-]*$'}
  Star: {Type: String, AllowedPattern: '^[a-z*]+$'}
  Quoted: {Type: String, AllowedPattern: '.*'}
Resources:
  Group: {Type: AWS::Logs::LogGroup}
  Policy: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: p, PolicyDocument: ${document}}}
`;
const statement = (principal: string, resource: string): string =>
  `'{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": ${principal}, "Action": ["logs:PutLogEvents"], "Resource": "${resource}"}]}'`;

describe('a policy written as text', () => {
  for (const [document, verdict] of [
    [`!Sub ${statement('{"Service": "es.amazonaws.com"}', '${Group.Arn}:*')}`, 'pass'],
    [`!Sub ${statement('"*"', '${Group.Arn}')}`, 'fail'],
    [`!Sub ${statement('{"AWS": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}', '${Group.Arn}')}`, 'pass'],
    // A parameter may hold a quote and what follows it.
    [`!Sub ${statement('{"AWS": "${Who}"}', '${Group.Arn}')}`, 'unknown'],
    [`!Sub ${statement('{"Service": "es.amazonaws.com"}', '${Who}')}`, 'unknown'],
    // Whatever is put into another string, the statement is there.
    [`!Sub ${statement('"*"', '${Who}')}`, 'fail'],
    // One that takes no quotes ends no string.
    [`!Sub ${statement('{"AWS": "arn:aws-us-gov:iam::111122223333:role/${Named}"}', '${Vpc}')}`, 'pass'],
    [`!Sub ${statement('{"AWS": "arn:aws-us-gov:iam::${Number}:role/r"}', '*')}`, 'pass'],
    [`!Sub ${statement('{"Service": "es.amazonaws.com"}', 'arn:aws-us-gov:logs:*:*:${AWS::StackName}')}`, 'pass'],
    [`!Sub ${statement('{"AWS": "${Star}"}', '*')}`, 'unknown'],
    [`!Sub ${statement('"*"', '${Named}')}`, 'fail'],
    [`!Sub ${statement('{"AWS": "arn:aws-us-gov:iam::111122223333:role/${Quoted}"}', '*')}`, 'unknown'],
    // Where no string stands around it, it is no JSON until it is known.
    [`!Sub '{"Statement": {"Effect": "Allow", "Principal": "*", "Resource": ${'${Number}'}}}'`, 'unknown'],
    // What is no JSON.
    [`!Sub '{"Statement": [ ${'${Group.Arn}'}'`, 'unknown'],
    [`!Sub '{"Statement": {"${'${Group}'}": "x", "Effect": "Allow", "Principal": "*"}}'`, 'unknown'],
    // A text within the text.
    [`!Sub '"{\\"Statement\\": {\\"Resource\\": \\"${'${Group}'}\\"}}"'`, 'fail'],
  ] as const)
    it(`${document.slice(0, 160)}: ${verdict}`, () => {
      assert.equal(verdictOf('resource-policy-no-public', policy(document)), verdict);
    });
});
