import assert from 'node:assert/strict';
import { redactedPlan } from '#manifest/terraform/redact.js';
import { judged, listed, plan, read, refers } from './plan.js';

const text = plan(
  [
    {
      address: 'aws_db_instance.d',
      after: { password: 'hunter2', engine: 'postgres', user: [{ name: 'a', password: 'hunter2' }], other: null },
      unknown: { kms_key_id: true },
      secret: { password: true, user: [{ password: true }], other: true },
    },
    { address: 'aws_kms_key.k', unknown: { arn: true } },
  ],
  {
    variables: { password: { value: 'hunter2' }, create: { value: true }, set: { value: { key: 'hunter2' } } },
    prior_state: { values: { password: 'hunter2' } },
    output_changes: { password: { after: 'hunter2' } },
    planned_values: {
      outputs: { password: { value: 'hunter2' } },
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.d',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'd',
            values: { password: 'hunter2' },
            sensitive_values: { password: true },
          },
        ],
      },
    },
    configuration: {
      provider_config: {
        aws: {
          name: 'aws',
          expressions: { region: { constant_value: 'us-gov-west-1' }, secret_key: { constant_value: 'hunter2' } },
        },
      },
      root_module: {
        variables: { password: { default: 'hunter2' } },
        module_calls: { network: { source: 'git::https://user:hunter2@host/network.git?ref=v1', module: {} } },
        resources: listed({
          'aws_db_instance.d': {
            password: { constant_value: 'hunter2' },
            kms_key_id: refers('aws_kms_key.k.arn', 'aws_kms_key.k', 'var.create'),
          },
        }),
      },
    },
  },
);

describe('a plan that is kept', () => {
  const kept = redactedPlan(text);

  it('holds no sensitive value, wherever the plan repeats it', () => assert.doesNotMatch(kept, /hunter2/));

  it('says where a module is from without who fetched it', () =>
    assert.match(kept, /"source":"git::https:\/\/\(sensitive\)@host\/network\.git\?ref=v1"/));

  it('is judged as before', () => {
    assert.deepEqual(
      read(kept).resources.flatMap(({ address, partOf }) => (partOf === undefined ? [address] : [])),
      ['aws_db_instance.d', 'aws_kms_key.k'],
    );
    for (const each of [text, kept]) {
      const findings = judged(each, 'aws_db_instance', {
        kms_key_id: { 'customer-key': true },
        engine: { equals: 'postgres' },
        other: { absent: true },
        'provider.region': { equals: 'us-gov-west-1' },
      });
      assert.equal(findings[0]?.verdict, 'pass', findings[0]?.reason);
    }
  });

  it('says what it leaves to a later plan, without what that will hold', () => {
    const deferred_changes = [
      { reason: 'provider_config_unknown', resource_change: { address: 'a.b', change: { after: { p: 'hunter2' } } } },
    ];
    const plain = JSON.stringify({ format_version: '1.2', complete: false, resource_changes: [], deferred_changes });
    const left = redactedPlan(plain);
    assert.ok(!left.includes('hunter2'));
    const [all, some] = [plain, left].map((each) => read(each).resources.map(({ address }) => address));
    assert.deepEqual(some, all);
    assert.deepEqual(read(left).notFollowed, read(plain).notFollowed);
    assert.equal(all?.length, 1);
  });

  it('says of providers what requirements ask', () => {
    const expressions = {
      zone: { constant_value: 'us-east4-b' },
      allowed_account_ids: { constant_value: ['111122223333'] },
      use_fips_endpoint: { constant_value: true },
      endpoints: [
        {
          kms: { constant_value: 'https://kms-fips.us-gov-west-1.amazonaws.com' },
          sts: { constant_value: 'https://user:hunter2@host/' },
        },
      ],
    };
    const given = plan([], { configuration: { provider_config: { aws: { name: 'aws', expressions } } } });
    const { aws } = JSON.parse(redactedPlan(given)).configuration.provider_config;
    assert.deepEqual(aws.expressions, {
      ...expressions,
      endpoints: [{ kms: expressions.endpoints[0]?.kms, sts: { constant_value: '(sensitive)' } }],
    });
  });
});
