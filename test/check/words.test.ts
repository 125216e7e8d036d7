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
function reason(must: Readonly<Record<string, unknown>>, text = template): string | undefined {
  const requirement = {
    ...against.requirements[0],
    id: 'x',
    expect: { cloudformation: [{ each: 'AWS::S3::BucketPolicy', must }] },
  };
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

  it('is put together from the expectation where that says nothing, in words', () => {
    assert.equal(
      reason({ PolicyDocument: { policy: { none: open } } }),
      'PolicyDocument has an item it must not have: Effect Allow, Principal with *',
    );
    assert.equal(reason({ Bucket: { not: { in: ['a', 'b'] } } }), 'Bucket is "b", which it must not be');
    assert.equal(reason({ Bucket: { not: { matches: '^b' } } }), 'Bucket is what it must not be: like ^b');
  });
});
