import assert from 'node:assert/strict';
import { expectationLines } from '#report/condition-text.js';

describe('what a requirement asks, as people are told', () => {
  it('leaves out what is said where it does not hold', () => {
    const lines = expectationLines({
      each: 'AWS::S3::Bucket',
      must: {
        says: 'is open',
        Name: { matches: '^agency-', wants: 'be a name of the agency' },
        related: { says: 'has no policy', type: 'AWS::S3::BucketPolicy', by: 'Bucket' },
        'any-of': [{ says: 'has no tag', Tags: { present: true } }],
      },
    });
    assert.deepEqual(lines, [
      'each AWS::S3::Bucket',
      '  must Name: {matches: "^agency-"}',
      '  must related: {type: AWS::S3::BucketPolicy, by: Bucket}',
      '  must any-of: [{Tags: {present: true}}]',
    ]);
  });
});
