import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { overlayBoundary } from '#plan/overlay-boundary.js';
import { base } from '../controls/base.js';

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1'] };
const requirements = base.requirements.filter(({ id }) => id === 'iam-no-service-wildcard');

/** What is said of a role with one managed policy. */
function said(policy: string, offers = base.boundary): string {
  const role = `{Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, ManagedPolicyArns: [${policy}]}}`;
  const text = `Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}\nResources:\n  Own: {Type: AWS::IAM::ManagedPolicy}\n  Stack: {Type: AWS::CloudFormation::Stack}\n  R: ${role}\n`;
  const manifest = readManifest('t.yaml', text, { ...boundary, parameters: {} }) as Manifest;
  const { nvmeFamilies } = offers;
  const found = check([manifest], { requirements, settings: {}, boundary, nvmeFamilies, needs: [], offers });
  const { verdict, reason } = found.find(({ resource }) => resource === 'R') ?? assert.fail();
  return `${verdict} ${reason}`;
}

describe('what a managed policy of AWS gives', () => {
  for (const [policy, verdict] of [
    ['"arn:aws-us-gov:iam::aws:policy/CloudWatchLogsFullAccess"', /^fail/],
    ['"arn:aws:iam::aws:policy/AmazonS3FullAccess"', /^fail/],
    ['"arn:aws-us-gov:iam::aws:policy/AmazonSSMManagedInstanceCore"', /^pass/],
    ['"arn:aws-us-gov:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"', /^pass/],
    // The path is of the name.
    ['"arn:aws-us-gov:iam::aws:policy/AmazonECSTaskExecutionRolePolicy"', /^unknown/],
    ['"arn:aws-us-gov:iam::aws:policy/amazons3fullaccess"', /^unknown/],
    ['"arn:aws-us-gov:iam::aws:policy/Future"', /^unknown .*Future.*managedPolicies of a boundary file/],
    ['"arn:aws-us-gov:iam::aws:policy/constructor"', /^unknown/],
    ['"arn:aws-us-gov:iam::111122223333:policy/AmazonS3FullAccess"', /^pass/],
    ['!Sub "arn:${AWS::Partition}:iam::aws:policy/AmazonS3FullAccess"', /^fail/],
    ['!Sub "arn:${P}:iam::aws:policy/AmazonS3FullAccess"', /^fail/],
    ['!Sub "arn:${P}:iam::aws:policy/ReadOnlyAccess"', /^pass/],
    ['!Sub "arn:aws-us-gov:iam::aws:policy/${P}"', /^unknown/],
    ['!Sub "arn:aws-us-gov:iam::${AWS::AccountId}:policy/AmazonS3FullAccess"', /^pass/],
    ['!Ref P', /^unknown .*parameter P/],
    ['!Ref AWS::NoValue', /^pass/],
    ['!Ref Own', /^pass/],
    ['!GetAtt Stack.Outputs.Policy', /^unknown/],
  ] as const)
    it(`${policy}: ${verdict.source.slice(1, 8)}`, () => assert.match(said(policy), verdict));

  it('is said with the name of the policy, however long its ARN is', () => {
    assert.match(
      said('"arn:aws-us-gov:iam::aws:policy/AmazonS3FullAccess"'),
      /is "arn:.*\/AmazonS3FullAccess"; must not be a policy of AWS/,
    );
    const long = 'service-role/AwsGlueSessionUserRestrictedNotebookServiceRole';
    assert.match(
      said(`"arn:aws-us-gov:iam::aws:policy/${long}"`),
      /is "arn:.*UserRestrictedNotebookServiceRole"; must not/,
    );
  });

  it('is said of each policy that gives it, up to some', () => {
    const named = (...names: string[]): string =>
      names.map((name) => `"arn:aws-us-gov:iam::aws:policy/${name}"`).join(', ');
    assert.match(
      said(named('ReadOnlyAccess', 'AmazonS3FullAccess', 'Future', 'IAMFullAccess', 'AmazonBedrockFullAccess')),
      /^fail .*is ".*AmazonS3FullAccess"; must .*; the same goes for ".*IAMFullAccess", ".*AmazonBedrockFullAccess"$/,
    );
    const many = named(
      'IAMFullAccess',
      'AmazonS3FullAccess',
      'AmazonSQSFullAccess',
      'AmazonSNSFullAccess',
      'AmazonBedrockFullAccess',
    );
    assert.match(said(many), /AmazonSNSFullAccess" and 1 more$/);
    const chosen = said(
      `${named('IAMFullAccess')}, !If [C, ${named('AmazonS3FullAccess')}, ${named('ReadOnlyAccess')}]`,
    );
    assert.match(chosen, /^fail .*IAMFullAccess"; must/);
  });

  it('is told by the rows of a boundary file, before those that are shipped', () => {
    const row = (id: string, grants: readonly string[]) => ({
      ids: [id],
      grants,
      source: 'a test',
      date: '2026-11-01',
    });
    const file = { managedPolicies: [row('Future', ['service-wildcard']), row('AmazonS3FullAccess', [])] };
    const own = overlayBoundary(base.boundary, file, 'own.yaml');
    assert.match(said('"arn:aws-us-gov:iam::aws:policy/Future"', own), /^fail/);
    assert.match(said('"arn:aws-us-gov:iam::aws:policy/AmazonS3FullAccess"', own), /^pass/);
  });
});
