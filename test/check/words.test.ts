import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Requirement } from '#model/requirement.js';
import { against } from './gate.js';

const template = `Resources:
  B:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: b
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*"}]
`;

/** What is said of the bucket policy by a requirement that asks for this. */
function reason(
  must: Readonly<Record<string, unknown>>,
  text = template,
  expect: object = { cloudformation: [{ each: 'AWS::S3::BucketPolicy', must }] },
): string | undefined {
  const requirement = { ...against.requirements[0], id: 'x', expect };
  const manifest = readManifest('t.yaml', text, {
    partition: 'aws-us-gov',
    regions: ['us-gov-west-1'],
    parameters: {},
  });
  assert.ok('resources' in manifest);
  const [finding] = check([manifest], { ...against, requirements: [requirement as Requirement] });
  return finding?.verdict === 'fail' ? finding.reason : finding?.verdict;
}

const open = { Effect: { equals: 'Allow' }, Principal: { some: { equals: '*' } } };

describe('what a finding says', () => {
  it('is what the requirement says, under none, some and for a whole condition', () => {
    assert.equal(
      reason({ PolicyDocument: { policy: { none: { says: 'lets everybody in', ...open } } } }),
      'PolicyDocument lets everybody in',
    );
    const denies = { says: 'denies nobody', Effect: { equals: 'Deny' } };
    assert.equal(reason({ PolicyDocument: { policy: { some: denies } } }), 'PolicyDocument denies nobody');
    assert.equal(reason({ says: 'is no good', PolicyDocument: { policy: { none: open } } }), 'is no good');
    assert.equal(reason({ 'none-of': [{ says: 'is for b', Bucket: { equals: 'b' } }] }), 'is for b');
  });

  it('does not change what holds and what is open', () => {
    assert.equal(reason({ says: 'is no good', Bucket: { equals: 'b' } }), 'pass');
    const parameter = `Parameters: {P: {Type: String}}\n${template.replace('Bucket: b', 'Bucket: !Ref P')}`;
    assert.equal(reason({ Bucket: { says: 'is no good', equals: 'b' } }, parameter), 'unknown');
  });

  it('says of what is not there that it is not there', () => {
    assert.equal(reason({ Missing: { says: 'is no good', equals: 'b' } }), 'Missing is absent; must be "b"');
  });

  it('is what the requirement wants, beside the value or its absence', () => {
    const wants = 'be a name of the agency';
    assert.equal(reason({ Bucket: { matches: '^agency-', wants } }), 'Bucket is "b"; must be a name of the agency');
    assert.equal(
      reason({ Missing: { matches: '^agency-', wants } }),
      'Missing is absent; must be a name of the agency',
    );
    assert.equal(
      reason({ PolicyDocument: { policy: { some: { Effect: { equals: 'Deny' } }, wants: 'deny something' } } }),
      'PolicyDocument must deny something',
    );
    assert.equal(
      reason({ Bucket: { matches: '^agency-', wants, says: 'is of others' }, Missing: { absent: true } }),
      'Bucket is of others',
    );
    assert.equal(
      reason({ Missing: { equals: 'b', wants, says: 'is of others' } }),
      'Missing is absent; must be a name of the agency',
    );
    assert.equal(reason({ Bucket: { equals: 'b', wants } }), 'pass');
  });

  it('is an error of the requirement where what is wanted stands beside paths', () => {
    assert.equal(reason({ wants: 'be good', Bucket: { equals: 'b' } }), 'error');
    assert.equal(reason({ Bucket: { equals: 'a', wants: ['be good'] } }), 'error');
  });

  it('never quotes what a plan marks as sensitive', () => {
    const change = {
      actions: ['create'],
      after: { bucket: 'hidden' },
      after_unknown: {},
      after_sensitive: { bucket: true },
    };
    const plan = JSON.stringify({
      format_version: '1.2',
      resource_changes: [{ address: 'aws_s3_bucket.x', type: 'aws_s3_bucket', name: 'x', change }],
    });
    const must = { bucket: { matches: '^agency-', wants: 'be a name of the agency' } };
    assert.equal(
      reason(must, plan, { terraform: [{ each: 'aws_s3_bucket', must }] }),
      'bucket is (sensitive); must be a name of the agency',
    );
  });

  it('is of the alternative that holds and must not', () => {
    const ways = [
      { says: 'denies something', Effect: { equals: 'Deny' } },
      { says: 'lets everybody in', Principal: { some: { equals: '*' } } },
    ];
    assert.equal(
      reason({ PolicyDocument: { policy: { none: { 'any-of': ways } } } }),
      'PolicyDocument lets everybody in',
    );
    assert.equal(
      reason({ 'none-of': [{ 'any-of': [{ Bucket: { equals: 'a' } }, { Bucket: { present: true } }] }] }),
      'Bucket is set; must be absent',
    );
    assert.equal(
      reason({ PolicyDocument: { policy: { none: { Action: { present: true } } } } }),
      'PolicyDocument has an item whose Action is set; it must be absent',
    );
    assert.equal(
      reason({ 'PolicyDocument.Statement[*].Effect': { none: { in: ['Allow', 'Deny'] } } }),
      'PolicyDocument.Statement[*].Effect has "Allow", which it must not have',
    );
  });

  it('names the other resource that is not as it must be, or says what a relation lacks', () => {
    const both = `${template}  A: {Type: AWS::S3::Bucket, Properties: {BucketName: b}}\n`;
    const relation = { type: 'AWS::S3::BucketPolicy', by: 'Bucket', as: 'BucketName' };
    const ofBuckets = (must: Readonly<Record<string, unknown>>) =>
      reason(must, both, { cloudformation: [{ each: 'AWS::S3::Bucket', must }] });
    const narrow = { PolicyDocument: { policy: { none: { says: 'lets everybody in', ...open } } } };
    assert.equal(
      ofBuckets({ related: { ...relation, must: narrow } }),
      'has AWS::S3::BucketPolicy B, whose PolicyDocument lets everybody in',
    );
    assert.equal(ofBuckets({ related: { ...relation, must: narrow, says: 'is open' } }), 'is open');
    assert.equal(ofBuckets({ related: { ...relation, type: 'AWS::X::Y', says: 'has no Y' } }), 'has no Y');
    assert.equal(ofBuckets({ 'no-related': { ...relation, says: 'has a policy' } }), 'has a policy');
    assert.equal(ofBuckets({ 'no-related': relation }), 'must have no related AWS::S3::BucketPolicy of this kind');
  });

  it('is put together from the expectation where that says nothing, in words', () => {
    assert.equal(
      reason({ PolicyDocument: { policy: { none: open } } }),
      'PolicyDocument has an item it must not have: Effect Allow, Principal with *',
    );
    assert.equal(reason({ Bucket: { not: { in: ['a', 'b'] } } }), 'Bucket is "b", which it must not be');
    assert.equal(reason({ Bucket: { not: { matches: '^b' } } }), 'Bucket is what it must not be: like ^b');
  });
});
