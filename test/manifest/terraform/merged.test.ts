import assert from 'node:assert/strict';
import { judged, listed, plan, property, refers } from './plan.js';

const document = (sid: string, effect = 'Deny') => ({
  statement: [{ sid, effect, actions: ['s3:*'], resources: ['*'], principals: [{ type: '*', identifiers: ['*'] }] }],
});
const doc = (name: string) => `data.aws_iam_policy_document.${name}`;

/** A bucket module that merges documents as those of registries do. */
function verdict(inputs: object, { made = ['tls'], allOf = false, names = ['tls', 'logs'], bucket = 'local.x' } = {}) {
  const module = 'module.b';
  const data = made.map((name) => ({
    address: `${module}.${doc(name)}[0]`,
    module,
    mode: 'data',
    actions: ['read'],
    after: document(name),
    unknown: { json: true },
  }));
  const own = { address: doc('own'), mode: 'data', actions: ['read'], after: document('own', 'Allow') };
  const combined = {
    address: `${module}.${doc('combined')}[0]`,
    module,
    mode: 'data',
    actions: ['read'],
    unknown: { json: true, source_policy_documents: true },
  };
  const policy = { address: `${module}.aws_s3_bucket_policy.p[0]`, module, unknown: { policy: true, bucket: true } };
  const switches = allOf ? [] : [...names.map((name) => `var.attach_${name}`), 'var.attach_policy', 'var.policy'];
  const resources = [
    ...listed({
      [doc('combined')]: {
        source_policy_documents: refers(...switches, ...names.map((name) => `${doc(name)}[0].json`)),
      },
      'aws_s3_bucket_policy.p': { policy: refers(`${doc('combined')}[0].json`), bucket: refers(bucket) },
    }),
    ...names.map((name) => ({ address: doc(name), expressions: {}, count_expression: refers(`var.attach_${name}`) })),
  ];
  const off = { default: false };
  const variables = { attach_tls: off, attach_logs: off, attach_policy: off, policy: { default: null } };
  const text = plan([...data, { ...own, unknown: { json: true } }, combined, policy], {
    variables: { flag: { value: false } },
    configuration: {
      root_module: {
        resources: listed({ [doc('own')]: {} }),
        module_calls: { b: { expressions: inputs, module: { resources, variables } } },
      },
    },
  });
  const none = { none: { Effect: { equals: 'Allow' } } };
  const some = { some: { Sid: { equals: 'tls' } } };
  const [open] = judged(text, 'aws_s3_bucket_policy', { policy: { policy: none } });
  const [tls] = judged(text, 'aws_s3_bucket_policy', { policy: { policy: some } });
  return [open?.verdict, tls?.verdict];
}

const yes = { constant_value: true };

describe('policy documents merged into one', () => {
  it('are those that are made', () => {
    assert.deepEqual(verdict({ attach_tls: yes }), ['pass', 'pass']);
    assert.deepEqual(verdict({ attach_logs: yes }, { made: ['logs'] }), ['pass', 'fail']);
    assert.deepEqual(verdict({}, { made: ['tls', 'logs'], allOf: true }), ['pass', 'pass']);
  });

  it('are followed through the input of a module', () => {
    const given = { attach_tls: yes, policy: refers(`${doc('own')}.json`, doc('own')) };
    assert.deepEqual(verdict({ ...given, attach_policy: yes }), ['fail', 'pass']);
    // A switch that is off, or worked out, may be that of the document.
    assert.deepEqual(verdict(given), ['unknown', 'unknown']);
    assert.deepEqual(verdict({ ...given, attach_policy: refers('var.flag') }), ['unknown', 'unknown']);
  });

  it('are open where a document is made that another switch leaves out', () => {
    assert.deepEqual(verdict({ attach_logs: yes }, { made: ['tls', 'logs'] }), ['unknown', 'unknown']);
  });
});

describe('a bucket that is named by way of its policy', () => {
  const told = (...references: string[]) => {
    const bucket = { bucket: refers('aws_s3_bucket.b[0].id', 'aws_s3_bucket.b[0]', 'aws_s3_bucket.b') };
    const text = plan(
      [
        { address: 'aws_s3_bucket.b[0]', after: { bucket: 'b' }, unknown: { id: true } },
        { address: 'aws_s3_bucket.c', after: { bucket: 'c' }, unknown: { id: true } },
        { address: 'aws_s3_bucket_policy.b[0]', unknown: { id: true, bucket: true } },
        { address: 'aws_x.y', unknown: { bucket: true } },
      ],
      {
        configuration: {
          root_module: {
            resources: listed({
              'aws_s3_bucket.b': {},
              'aws_s3_bucket.c': {},
              'aws_s3_bucket_policy.b': bucket,
              'aws_x.y': { bucket: refers(...references) },
            }),
          },
        },
      },
    );
    const value = property(text, 'aws_x.y', 'bucket');
    return value.kind === 'unknown' ? value.from?.to : value.kind;
  };

  it('is that bucket, whichever of the two is chosen', () => {
    assert.equal(told('aws_s3_bucket_policy.b[0].id'), 'aws_s3_bucket.b[0]');
    assert.equal(told('aws_s3_bucket_policy.b[0].id', 'aws_s3_bucket.b[0].id'), 'aws_s3_bucket.b[0]');
    assert.equal(told('local.x', 'aws_s3_bucket_policy.b[0].id', 'aws_s3_bucket.b[0].id'), 'aws_s3_bucket.b[0]');
  });

  it('is not known where two are meant, or one is a part of a text', () => {
    assert.equal(told('aws_s3_bucket_policy.b[0].id', 'aws_s3_bucket.c.id'), undefined);
    assert.equal(told('local.x', 'aws_s3_bucket.b[0].id'), undefined);
    assert.equal(told('local.x', 'aws_s3_bucket.b[0].id', 'aws_s3_bucket.b[0].arn'), undefined);
  });
});
