import assert from 'node:assert/strict';
import { verdictOf } from './gate.js';

const text = (type: string, property: string, document: string, more = ''): string =>
  `Resources:\n  R: {Type: "${type}", Properties: {${more}${property}: ${document}}}\n`;
const bucket = (document: string): string => text('AWS::S3::BucketPolicy', 'PolicyDocument', document, 'Bucket: b, ');
const role = (document: string): string => text('AWS::IAM::Role', 'AssumeRolePolicyDocument', document);
const identity = (document: string): string => text('AWS::IAM::ManagedPolicy', 'PolicyDocument', document);

const read = 'Action: "s3:GetObject", Resource: "*"';
const org = (operator: string): string =>
  `{Statement: {Effect: Allow, Principal: "*", ${read}, Condition: {${operator}: {aws:PrincipalOrgID: o-1234567890}}}}`;

/** What AWS refuses must not pass for saying nothing, and may fail for what it means. */
describe('a policy that AWS refuses', () => {
  for (const [requirement, manifest, verdict] of [
    // The value of Effect is case-sensitive; what is meant is judged.
    ['iam-no-admin', identity('{Statement: {Effect: allow, Action: "*", Resource: "*"}}'), 'fail'],
    ['s3-policy-no-public', bucket(`{Statement: {Effect: ALLOW, Principal: "*", ${read}}}`), 'fail'],
    ['iam-no-admin', identity('{Statement: {Effect: Permit, Action: "*", Resource: "*"}}'), 'unknown'],
    ['iam-no-admin', identity('{Statement: {Action: "*", Resource: "*"}}'), 'unknown'],
    // A denial that is none protects from nothing.
    [
      'iam-pass-role-scope',
      identity(
        '{Statement: [{Effect: Allow, Action: "iam:PassRole", Resource: "*"}, {Effect: deny, Action: "iam:PassRole", Resource: "*"}]}',
      ),
      'unknown',
    ],
    // Keys in another case.
    ['iam-no-admin', identity('{statement: {effect: Allow, action: "*", resource: "*"}}'), 'fail'],
    ['iam-no-admin', identity('{Statement: {Effect: Allow, action: "*", Resource: "*"}}'), 'fail'],
    ['s3-policy-no-public', bucket(`{Statement: {Effect: Allow, principal: {aws: "*"}, ${read}}}`), 'fail'],
    // Lists in lists, as a function leaves them that gives a list for one of its items.
    ['iam-no-admin', identity('{Statement: [[{Effect: Allow, Action: "*", Resource: "*"}]]}'), 'unknown'],
    ['iam-no-admin', identity('{Statement: [{Effect: Allow, Action: [["*"]], Resource: "*"}]}'), 'unknown'],
    ['iam-no-admin', identity('{Statement: ["{}"]}'), 'unknown'],
    ['s3-policy-no-public', bucket(`{Statement: {Effect: Allow, Principal: {AWS: [["*"]]}, ${read}}}`), 'unknown'],
    // Operators there are not.
    ['s3-policy-no-public', bucket(org('StringEqual')), 'unknown'],
    ['s3-policy-no-public', bucket(org('"ForAllValue:StringEquals"')), 'unknown'],
    ['s3-policy-no-public', bucket(org('StringEquals')), 'pass'],
    ['s3-policy-no-public', bucket(org('stringequals')), 'pass'],
    ['s3-policy-no-public', bucket(org('"ForAnyValue:StringEquals"')), 'pass'],
    ['s3-policy-no-public', bucket(org('"ForAllValues:StringEquals"')), 'fail'],
    // Everybody, spelt as nobody is.
    [
      'iam-trust-conditions',
      role('{Statement: {Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: "*"}}}'),
      'unknown',
    ],
    [
      'iam-trust-conditions',
      role('{Statement: {Effect: Allow, Action: "sts:AssumeRole", Principal: {AWS: "arn:aws-us-gov:iam::*:root"}}}'),
      'unknown',
    ],
    ['s3-policy-no-public', bucket(`{Statement: {Effect: Allow, Principal: {Everyone: "*"}, ${read}}}`), 'unknown'],
    [
      'iam-trust-conditions',
      role('{Statement: {Effect: Allow, Action: "sts:AssumeRole", Principal: {AWS: ["111122223333", "*"]}}}'),
      'fail',
    ],
  ] as const)
    it(`${requirement}: ${manifest.split('Document: ')[1]?.slice(0, 150).trim()}: ${verdict}`, () => {
      assert.equal(verdictOf(requirement, manifest), verdict);
    });
});

describe('a condition that holds callers against themselves', () => {
  const held = (operator: string, key: string, value: string): string =>
    bucket(`{Statement: {Effect: Allow, Principal: "*", ${read}, Condition: {${operator}: {"${key}": "${value}"}}}}`);
  for (const [operator, key, value, verdict] of [
    ['StringEquals', 'aws:PrincipalOrgID', '${aws:PrincipalOrgID}', 'fail'],
    ['StringLike', 'aws:PrincipalArn', 'arn:aws-us-gov:iam::${aws:PrincipalAccount}:role/*', 'fail'],
    ['StringEquals', 'aws:PrincipalAccount', '${aws:PrincipalAccount}', 'fail'],
    ['NumericGreaterThan', 'aws:PrincipalAccount', '0', 'fail'],
    // What is said of the thing itself names its account or organization.
    ['StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}', 'pass'],
    ['StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}', 'pass'],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws-us-gov:iam::111122223333:user/${aws:username}', 'pass'],
  ] as const)
    it(`${operator} ${key} ${value}: ${verdict}`, () => {
      assert.equal(verdictOf('s3-policy-no-public', held(operator, key, value)), verdict);
    });

  it('nor a denial of calls from elsewhere than where they come from', () => {
    const denied = (value: string): string =>
      identity(
        `{Statement: [{Effect: Allow, Action: "bedrock:InvokeModel", Resource: "*"}, {Effect: Deny, Action: "bedrock:*", Resource: "*", Condition: {StringNotEquals: {aws:SourceVpce: "${value}"}}}]}`,
      );
    assert.equal(verdictOf('iam-source-vpce', denied('vpce-0123')), 'pass');
    assert.equal(verdictOf('iam-source-vpce', denied('${aws:SourceVpce}')), 'fail');
  });
});
