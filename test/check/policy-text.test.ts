import assert from 'node:assert/strict';
import { verdictOf } from './gate.js';

const policy = (document: string): string => `Parameters: {Who: {Type: String}}
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
