import assert from 'node:assert/strict';
import { configured, judged, plan, refers, verdicts } from './plan.js';

const versioned = {
  related: { type: 'aws_s3_bucket_versioning', by: 'bucket', as: 'bucket', must: { status: { equals: 'Enabled' } } },
};
const unversioned = {
  'no-related': { type: 'aws_s3_bucket_versioning', by: 'bucket', as: 'bucket', must: { status: { equals: 'Off' } } },
};
const bucket = (name: string, literal?: string) => ({
  address: `aws_s3_bucket.${name}`,
  after: literal === undefined ? {} : { bucket: literal },
  unknown: literal === undefined ? { id: true, bucket: true } : { id: true },
});
const versioning = (after: object, unknown: object = {}) => ({ address: 'aws_s3_bucket_versioning.v', after, unknown });
const pointing = (...references: string[]) =>
  configured({ 'aws_s3_bucket_versioning.v': { bucket: refers(...references) } });

describe('relations in a Terraform plan', () => {
  it('go by reference', () => {
    const text = plan(
      [bucket('a'), bucket('b', 'beta'), versioning({ status: 'Enabled' }, { bucket: true })],
      pointing('aws_s3_bucket.a.id', 'aws_s3_bucket.a'),
    );
    assert.deepEqual(verdicts(judged(text, 'aws_s3_bucket', versioned)), [
      'aws_s3_bucket.a pass',
      'aws_s3_bucket.b fail',
    ]);
  });

  it('go by the name that is written out', () => {
    const text = plan([bucket('a', 'alpha'), bucket('b', 'beta'), versioning({ bucket: 'alpha', status: 'Enabled' })]);
    assert.deepEqual(verdicts(judged(text, 'aws_s3_bucket', versioned)), [
      'aws_s3_bucket.a pass',
      'aws_s3_bucket.b fail',
    ]);
  });

  it('are open where either name is', () => {
    const hidden = plan([bucket('a', 'alpha'), versioning({ status: 'Enabled' }, { bucket: true })]);
    assert.deepEqual(verdicts(judged(hidden, 'aws_s3_bucket', versioned)), ['aws_s3_bucket.a unknown']);
    const unnamed = plan([bucket('a'), versioning({ bucket: 'alpha', status: 'Off' })]);
    assert.deepEqual(verdicts(judged(unnamed, 'aws_s3_bucket', unversioned)), ['aws_s3_bucket.a unknown']);
  });

  it('two names made from the same thing need not be the same', () => {
    const text = plan(
      [bucket('a'), bucket('b'), versioning({ status: 'Enabled' }, { bucket: true })],
      configured({
        'aws_s3_bucket.a': { bucket: refers('random_pet.p.id', 'random_pet.p') },
        'aws_s3_bucket.b': { bucket: refers('random_pet.p.id', 'random_pet.p') },
        'aws_s3_bucket_versioning.v': { bucket: refers('random_pet.p.id', 'random_pet.p') },
      }),
    );
    const open = ['aws_s3_bucket.a unknown', 'aws_s3_bucket.b unknown'];
    assert.deepEqual(verdicts(judged(text, 'aws_s3_bucket', versioned)), open);
  });

  it('a chain over another resource is open, not missing', () => {
    const text = plan(
      [
        bucket('a'),
        { address: 'aws_s3_bucket_policy.p', unknown: { bucket: true, id: true } },
        versioning({ status: 'Enabled' }, { bucket: true }),
      ],
      pointing('aws_s3_bucket_policy.p.id', 'aws_s3_bucket_policy.p'),
    );
    assert.deepEqual(verdicts(judged(text, 'aws_s3_bucket', versioned)), ['aws_s3_bucket.a unknown']);
  });

  it('a resource that is deleted is related to nothing', () => {
    const gone = { ...versioning({ bucket: 'alpha', status: 'Enabled' }), actions: ['delete'] };
    const text = plan([bucket('a', 'alpha'), gone]);
    assert.deepEqual(verdicts(judged(text, 'aws_s3_bucket', versioned)), ['aws_s3_bucket.a fail']);
  });

  it('refers-to and local-reference find what is already there by its ARN', () => {
    const arn = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1';
    const key = { address: 'aws_kms_key.k', actions: ['no-op'], after: { arn, enable_key_rotation: false } };
    const text = plan([key, { address: 'aws_x.y', after: { key: arn, other: 'arn:other' } }]);
    const must = { enable_key_rotation: { equals: true } };
    const says = (condition: object) => judged(text, 'aws_x', condition as never)[0]?.verdict;
    assert.equal(says({ key: { 'refers-to': { type: 'aws_kms_key' } } }), 'pass');
    assert.equal(says({ key: { 'refers-to': { type: 'aws_kms_key', must } } }), 'fail');
    assert.equal(says({ other: { 'refers-to': { type: 'aws_kms_key' } } }), 'unknown');
    assert.equal(says({ key: { 'local-reference': 'aws_kms_key' } }), 'pass');
    assert.equal(says({ other: { 'local-reference': 'aws_kms_key' } }), 'fail');
  });

  it('the id of one thing is not that of another, unless it is called after it', () => {
    const says = (type: string) => {
      const text = plan(
        [
          { address: `${type}.g`, unknown: { id: true } },
          { address: 'aws_route.x', unknown: { gateway_id: true } },
        ],
        configured({ 'aws_route.x': { gateway_id: refers(`${type}.g.id`, `${type}.g`) } }),
      );
      return judged(text, 'aws_route', { gateway_id: { 'local-reference': 'aws_vpn_gateway' } })[0]?.verdict;
    };
    assert.equal(says('aws_vpn_gateway'), 'pass');
    assert.equal(says('aws_internet_gateway'), 'fail');
    assert.equal(says('aws_vpn_gateway_attachment'), 'unknown');
  });

  it('a resource that is wholly open has no strings to pass on', () => {
    const text = plan([{ address: 'aws_x.y', unknown: true }]);
    assert.equal(judged(text, 'aws_x', { strings: { 'arn-in-boundary': true } })[0]?.verdict, 'unknown');
  });
});
