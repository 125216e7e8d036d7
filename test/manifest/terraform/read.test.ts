import assert from 'node:assert/strict';
import { readManifest } from '#manifest/read.js';
import { RampartError } from '#model/error.js';
import { onlyWorld } from '#model/value.js';
import { change, judged, plan, property, read, verdicts } from './plan.js';

/** Of what the plan makes; how the providers are set stands beside it. */
const addresses = (text: string): string[] =>
  read(text).resources.flatMap(({ address, partOf }) => (partOf === undefined ? [address] : []));
const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };

describe('a Terraform plan', () => {
  it('is read from what terraform show prints', () => {
    const manifest = read(plan([{ address: 'aws_kms_key.k', after: { enable_key_rotation: true } }]));
    assert.equal(manifest.language, 'terraform');
    assert.deepEqual(
      manifest.resources.map(({ type, address }) => [type, address]),
      [
        ['aws_kms_key', 'aws_kms_key.k'],
        ['ProviderConfiguration', 'provider.aws'],
      ],
    );
  });

  it('is judged on what will be there: created, updated, replaced, kept, imported', () => {
    const kept: [string, string[]][] = [
      ['create', ['create']],
      ['update', ['update']],
      ['replace', ['delete', 'create']],
      ['before', ['create', 'delete']],
      ['noop', ['no-op']],
      ['left', ['create', 'forget']],
    ];
    const gone: [string, string[]][] = [
      ['deleted', ['delete']],
      ['forgotten', ['forget']],
    ];
    const changes = [...kept, ...gone].map(([name, actions]) => ({ address: `aws_kms_key.${name}`, actions }));
    assert.deepEqual(
      addresses(plan(changes)),
      kept.map(([name]) => `aws_kms_key.${name}`),
    );
  });

  it('a deleted resource is not judged for being among the planned values of before', () => {
    const root_module = {
      resources: [{ address: 'aws_kms_key.k', mode: 'managed', type: 'aws_kms_key', name: 'k', values: {} }],
    };
    const text = plan([{ address: 'aws_kms_key.k', actions: ['delete'] }], { planned_values: { root_module } });
    assert.deepEqual(addresses(text), []);
  });

  it('resources of child modules have their whole address', () => {
    const address = 'module.a["x"].aws_s3_bucket.b[0]';
    assert.deepEqual(addresses(plan([{ address, module: 'module.a["x"]' }])), [address]);
  });

  it('planned values stand in where a resource has no change, and what they leave out is unknown', () => {
    const values = { description: null, enable_key_rotation: false };
    const resources = [{ address: 'module.a.aws_kms_key.k', mode: 'managed', type: 'aws_kms_key', name: 'k', values }];
    const root_module = { child_modules: [{ address: 'module.a', resources }] };
    const text = plan([], { planned_values: { root_module } });
    assert.equal(property(text, 'module.a.aws_kms_key.k', 'enable_key_rotation').kind, 'scalar');
    assert.equal(property(text, 'module.a.aws_kms_key.k', 'description').kind, 'absent');
    assert.equal(property(text, 'module.a.aws_kms_key.k', 'deletion_window_in_days').kind, 'unknown');
  });

  it('data sources, drift and outputs are not judged', () => {
    const resource_drift = [change({ address: 'aws_kms_key.drifted', actions: ['update'] })];
    const text = plan([{ address: 'data.aws_kms_key.d', mode: 'data', actions: ['read'] }], { resource_drift });
    assert.deepEqual(addresses(text), []);
  });

  it('null, an empty list and what is not mentioned are absent', () => {
    const text = plan([{ address: 'aws_kms_key.k', after: { policy: null, rule: [] } }]);
    for (const key of ['policy', 'rule', 'other', 'constructor', '__proto__']) {
      assert.equal(property(text, 'aws_kms_key.k', key).kind, 'absent', key);
    }
    const must = { 'rule[*].apply[*].algorithm': { equals: 'aws:kms' } };
    assert.match(judged(text, 'aws_kms_key', must)[0]?.reason ?? '', /is absent; must be "aws:kms"/);
  });

  it('a plan that ended in an error is not known whole', () => {
    const rest = (errored: boolean) =>
      read(plan([{ address: 'aws_kms_key.k' }], { errored })).resources.map(
        ({ address, type }) => `${type} ${address}`,
      );
    const own = ['aws_kms_key aws_kms_key.k', 'ProviderConfiguration provider.aws'];
    assert.deepEqual(rest(true), [...own, 'UnreadResources plan/*']);
    assert.deepEqual(rest(false), own);
  });

  it('neither is one that is not complete, or that leaves resources to a later one', () => {
    const rest = (more: object) =>
      read(plan([{ address: 'aws_kms_key.k' }], more)).resources.filter(({ type }) => type === 'UnreadResources');
    const deferred = (mode: string) => ({ deferred_changes: [{ resource_change: { address: 'a.b', mode } }] });
    assert.equal(rest({ complete: false }).length, 1);
    assert.equal(rest(deferred('managed')).length, 1);
    assert.equal(rest({ complete: false, ...deferred('managed') }).length, 1);
    assert.equal(rest({ complete: false, ...deferred('data') }).length, 1);
    assert.equal(rest(deferred('data')).length, 0);
    assert.equal(rest({ complete: true, errored: false, deferred_changes: [] }).length, 0);
    const [found] = rest({ complete: false, ...deferred('managed') });
    const value = found?.properties(onlyWorld).get('Resources');
    assert.match(value?.kind === 'unknown' ? value.settledBy : '', /a\.b/);
  });

  it('an incomplete, failed or deferred plan says so', () => {
    const deferred_changes = [
      { reason: 'provider_config_unknown', resource_change: change({ address: 'aws_kms_key.later' }) },
    ];
    const manifest = read(plan([], { errored: true, complete: false, deferred_changes }));
    assert.equal(manifest.notFollowed.length, 3);
    assert.match(manifest.notFollowed[2]?.what ?? '', /aws_kms_key\.later/);
  });

  it('a plan without after_unknown does not tell what is not set', () => {
    const text = JSON.stringify({
      format_version: '1.0',
      resource_changes: [
        {
          address: 'aws_kms_key.k',
          mode: 'managed',
          type: 'aws_kms_key',
          name: 'k',
          change: { actions: ['create'], after: {} },
        },
      ],
    });
    assert.equal(property(text, 'aws_kms_key.k', 'policy').kind, 'unknown');
  });

  it('another major format is refused with a code and a place', () => {
    for (const format_version of ['2.0', '0.1', '1', 'x']) {
      assert.throws(
        () => readManifest('plan.json', plan([], { format_version }), given),
        (error) => error instanceof RampartError && error.code === 'RAMPART_TERRAFORM_FORMAT' && !!error.position,
      );
    }
    assert.ok(read(plan([], { format_version: '1.99' })));
  });

  it('code is refused with the commands that make a plan', () => {
    assert.throws(
      () => readManifest('infra/main.tf', 'resource "aws_kms_key" "k" {}', given),
      (error) =>
        error instanceof RampartError &&
        error.code === 'RAMPART_TERRAFORM_SOURCE' &&
        /terraform plan -out/.test(error.message) &&
        /terraform show -json/.test(error.message),
    );
  });

  it('a raw state file is no manifest, and what to do is said', () => {
    const state = JSON.stringify({ version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', resources: [] });
    const result = readManifest('terraform.tfstate', state, given);
    assert.ok('reason' in result && /terraform show -json/.test(result.reason));
  });

  it('broken JSON is refused with its place', () => {
    const small = plan([{ address: 'aws_kms_key.k' }]);
    const large = plan([{ address: 'aws_kms_key.k', after: { description: 'x'.repeat(2_000_000) } }]);
    for (const text of [small.slice(0, -5), large.slice(0, -5)]) {
      assert.throws(
        () => readManifest('plan.json', text, given),
        (error) => error instanceof RampartError && error.exit === 'input' && !!error.position,
      );
    }
  });
});

describe('a Terraform state', () => {
  const state = JSON.stringify({
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'aws_kms_key.k',
            mode: 'managed',
            type: 'aws_kms_key',
            name: 'k',
            values: {
              enable_key_rotation: false,
              policy: null,
              arn: 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k',
            },
            sensitive_values: {},
          },
        ],
      },
    },
  });

  it('has known values only', () => {
    const findings = judged(state, 'aws_kms_key', { enable_key_rotation: { equals: true } });
    assert.deepEqual(verdicts(findings), ['aws_kms_key.k fail']);
    assert.equal(property(state, 'aws_kms_key.k', 'policy').kind, 'absent');
    assert.equal(property(state, 'aws_kms_key.k', 'description').kind, 'absent');
  });
});

describe('places in a plan', () => {
  const pretty = JSON.stringify(
    JSON.parse(
      plan([
        { address: 'aws_kms_key.a', after: { nested: [{ policy: 'x' }], policy: 'p\\"address": "aws_kms_key.b"' } },
        { address: 'aws_kms_key.b["<é>"]', after: { policy: 'q' } },
      ]),
    ),
    null,
    2,
  );

  for (const [name, text] of [
    ['pretty', pretty],
    ['one line', JSON.stringify(JSON.parse(pretty))],
    ['escaped as Go does', pretty.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')],
  ] as const) {
    it(`are those of the attribute, ${name}`, () => {
      const lines = text.split('\n');
      const findings = judged(text, 'aws_kms_key', { policy: { equals: 'other' } });
      assert.equal(findings.length, 2);
      for (const [index, { position }] of findings.entries()) {
        assert.ok(position);
        const rest = lines[position.line - 1]?.slice(position.column - 1) ?? '';
        assert.match(rest, index === 0 ? /^"policy": ?"p/ : /^"policy": ?"q/);
      }
    });
  }

  it('are those of the resource where the attribute is not there', () => {
    const [first] = judged(pretty, 'aws_kms_key', { description: { present: true } });
    const line = pretty.split('\n')[(first?.position?.line ?? 0) - 1];
    assert.match(line ?? '', /"address": "aws_kms_key\.a"/);
  });
});
