import assert from 'node:assert/strict';
import fc from 'fast-check';
import { verdictOf } from './gate.js';

const foreign = 'arn:aws:s3:::bucket';
/** A policy in a plan is a text. */
const insideJson = ' {"Statement": [{"Resource": ["arn:aws:s3:::bucket"]}]}';

/** An object of a kind nobody knows, with anything below it. */
const object = (data: unknown): string =>
  JSON.stringify({ apiVersion: 'example.test/v1', kind: 'Thing', metadata: { name: 'x' }, data });

const plan = (after: unknown, open: unknown = {}): string => {
  const change = {
    actions: ['create'],
    before: null,
    after,
    after_unknown: open,
    before_sensitive: false,
    after_sensitive: {},
  };
  const resource = {
    address: 'x_y.z',
    mode: 'managed',
    type: 'aws_x',
    name: 'z',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change,
  };
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    resource_changes: [resource],
    configuration: {},
  });
};

const holds = (data: unknown): boolean =>
  typeof data === 'string'
    ? data.startsWith('arn:aws:') || data === insideJson
    : typeof data === 'object' && data !== null && Object.values(data).some(holds);

const anything = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      foreign,
      insideJson,
      '{% arn:aws:s3:::b %}',
      '["arn:aws-us-gov:s3:::b"]',
      'arn:aws-us-gov:s3:::b',
      'an arn: inside',
      '',
      'x',
      7,
      true,
      null,
    ),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie('node'), { maxKeys: 4 }),
  ),
})).node;

describe('every string of a resource', () => {
  it('is read, wherever it stands, in an object of any kind', () => {
    fc.assert(
      fc.property(anything, (data) => {
        assert.equal(verdictOf('arn-partition', object(data)) === 'fail', holds(data));
      }),
      { numRuns: 300 },
    );
  });

  it('is read, wherever it stands, in a plan', () => {
    fc.assert(
      fc.property(anything, (data) => {
        assert.equal(verdictOf('arn-partition', plan({ data })) === 'fail', holds(data));
      }),
      { numRuns: 300 },
    );
  });

  const nested = (depth: number): unknown => {
    let data: unknown = foreign;
    for (let level = 0; level < depth; level += 1) data = { a: data };
    return data;
  };

  it('is read as deep as readers go', () => {
    const template = JSON.stringify({
      Resources: { X: { Type: 'AWS::S3::Bucket', Properties: { Tags: nested(70) } } },
    });
    assert.equal(verdictOf('arn-partition', object(nested(70))), 'fail');
    assert.equal(verdictOf('arn-partition', plan({ data: nested(70) })), 'fail');
    assert.equal(verdictOf('arn-partition', template), 'fail');
  });

  it('is not called good when it stands too deep to be read', () => {
    assert.equal(verdictOf('arn-partition', plan({ data: nested(300) })), 'unknown');
  });
});
