import assert from 'node:assert/strict';
import { configured, judged, plan, refers } from './plan.js';

const references = (...all: string[]) => configured({ 'aws_kms_key.k': { policy: refers(...all) } });
const data = (statement: unknown, unknown: unknown = {}, more: object = {}) => ({
  address: 'data.aws_iam_policy_document.d',
  mode: 'data',
  actions: ['read'],
  after: { statement, version: '2012-10-17', ...more },
  unknown: { json: true, id: true, ...(unknown as object) },
});
const written = (...changes: ReturnType<typeof data>[]) =>
  plan(
    [{ address: 'aws_kms_key.k', unknown: { policy: true } }, ...changes],
    references('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'),
  );
const open = { policy: { policy: { none: { Effect: { equals: 'Allow' }, Principal: { some: { equals: '*' } } } } } };
const verdict = (text: string, must: object = open) => judged(text, 'aws_kms_key', must as never)[0]?.verdict;
const principal = (type: string, ...identifiers: string[]) => ({ type, identifiers });

describe('data.aws_iam_policy_document', () => {
  it('is judged by what its blocks say', () => {
    const account = principal('AWS', 'arn:aws-us-gov:iam::111122223333:root');
    assert.equal(verdict(written(data([{ actions: ['kms:*'], principals: [account] }]))), 'pass');
    assert.equal(
      verdict(written(data([{ actions: ['kms:*'], principals: [account, principal('AWS', '*')] }]))),
      'fail',
    );
    assert.equal(verdict(written(data([{ effect: 'Allow', principals: [principal('*', '*')] }]))), 'fail');
    assert.equal(verdict(written(data([{ effect: 'Deny', principals: [principal('*', '*')] }]))), 'pass');
  });

  it('keeps what is open in it open', () => {
    const hidden = written(
      data([{ principals: [{ type: 'AWS', identifiers: [null] }] }], {
        statement: [{ principals: [{ identifiers: [true] }] }],
      }),
    );
    assert.equal(verdict(hidden), 'unknown');
    // Of two blocks of one kind, those of one may be known and those of the other not.
    const beside = written(
      data([{ principals: [principal('AWS', 'arn:aws-us-gov:iam::111122223333:root'), { type: 'AWS' }] }], {
        statement: [{ principals: [{}, { identifiers: true }] }],
      }),
    );
    assert.equal(verdict(beside), 'unknown');
    assert.equal(verdict(written(data(null, { statement: true }))), 'unknown');
    assert.equal(verdict(written(data([], {}, { source_policy_documents: ['{}'] }))), 'unknown');
  });

  it('has conditions by operator and key', () => {
    const condition = [
      { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] },
      { test: 'Bool', variable: 'aws:ViaAWSService', values: ['true'] },
      { test: 'StringEquals', variable: 'aws:SourceVpce', values: ['vpce-1'] },
    ];
    const says = (Operator: string, Key: string, value: string) =>
      verdict(written(data([{ condition }])), {
        policy: {
          policy: {
            some: {
              Condition: {
                some: { Operator: { equals: Operator }, Key: { equals: Key }, Values: { contains: [value] } },
              },
            },
          },
        },
      });
    assert.equal(says('bool', 'aws:securetransport', 'false'), 'pass');
    assert.equal(says('bool', 'aws:viaawsservice', 'true'), 'pass');
    assert.equal(says('stringequals', 'aws:sourcevpce', 'vpce-1'), 'pass');
    assert.equal(says('bool', 'aws:sourcevpce', 'vpce-1'), 'fail');
  });

  it('is unknown when its text goes through other data, or is not planned', () => {
    assert.equal(verdict(written()), 'unknown');
    const other = plan(
      [{ address: 'aws_kms_key.k', unknown: { policy: true } }, data([])],
      references('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d', 'local.more'),
    );
    assert.equal(verdict(other), 'unknown');
  });

  it('a policy text that is known is read as it is', () => {
    const policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' } });
    assert.equal(verdict(plan([{ address: 'aws_kms_key.k', after: { policy } }])), 'fail');
  });

  describe('of several statements', () => {
    const decrypts = { resources: [null], actions: ['kms:Decrypt'] };
    const resources = [{ resources: [true] }, { resources: [true] }];
    const own = { resources: refers('aws_kms_key.own.arn', 'aws_kms_key.own') };
    const other = { resources: refers('aws_kms_key.k.key_id', 'aws_s3_bucket.b.arn') };
    const local = { policy: { policy: { every: { Resource: { every: { 'local-reference': 'aws_kms_key' } } } } } };
    const told = (blocks: object[], statement: object[] = [decrypts, decrypts], unknown: object[] = resources) =>
      verdict(
        plan(
          [
            { address: 'aws_kms_key.k', unknown: { policy: true } },
            { address: 'aws_kms_key.own' },
            { address: 'aws_s3_bucket.b' },
            data(statement, { statement: unknown }),
          ],
          configured({
            'aws_kms_key.k': {
              policy: refers('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'),
            },
            'data.aws_iam_policy_document.d': { statement: blocks },
          }),
        ),
        local,
      );

    it('remembers what each refers to, since they keep their order', () => {
      assert.equal(told([own, own]), 'pass');
      assert.notEqual(told([own, other]), 'pass');
      assert.notEqual(told([other, own]), 'pass');
    });

    it('remembers nothing where a dynamic block made more of them than are written', () => {
      assert.notEqual(told([own], [decrypts, decrypts]), 'pass');
      assert.notEqual(told([own, own], [decrypts, decrypts, decrypts], [...resources, { resources: [true] }]), 'pass');
    });
  });
});
