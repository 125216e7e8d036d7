import assert from 'node:assert/strict';
import type { Unknown } from '#model/value.js';
import { judge } from '../../check/gate.js';
import { type Change, configured, judged, listed, plan, property, refers, verdicts } from './plan.js';

const key = { address: 'aws_kms_key.main', unknown: { arn: true, id: true, key_id: true } };
const group = (unknown: object = { kms_key_id: true }) => ({ address: 'aws_cloudwatch_log_group.g', unknown });
const byKey = { kms_key_id: { 'customer-key': true } };
const verdict = (text: string): string[] => verdicts(judged(text, 'aws_cloudwatch_log_group', byKey));

describe('what is known after apply', () => {
  it('is unknown, and says what settles it', () => {
    const text = plan([group()]);
    const value = property(text, 'aws_cloudwatch_log_group.g', 'kms_key_id') as Unknown;
    assert.equal(value.kind, 'unknown');
    assert.equal(value.settledBy, 'aws_cloudwatch_log_group.g.kms_key_id (known after apply)');
    assert.deepEqual(verdict(text), ['aws_cloudwatch_log_group.g unknown']);
  });

  it('may be a whole resource', () => {
    const text = plan([{ address: 'aws_cloudwatch_log_group.g', after: {}, unknown: true }]);
    assert.equal(property(text, 'aws_cloudwatch_log_group.g', 'kms_key_id').kind, 'unknown');
    assert.deepEqual(verdict(text), ['aws_cloudwatch_log_group.g unknown']);
  });

  it('may be an item of a list or inside a block', () => {
    const text = plan([
      {
        address: 'aws_x.y',
        after: { ids: ['a', null], block: [{}] },
        unknown: { ids: [false, true], block: [{ id: true }] },
      },
    ]);
    assert.equal(property(text, 'aws_x.y', 'ids', 0).kind, 'scalar');
    assert.equal(property(text, 'aws_x.y', 'ids', 1).kind, 'unknown');
    assert.equal(property(text, 'aws_x.y', 'block', 0, 'id').kind, 'unknown');
  });

  it('may turn out not to be there', () => {
    assert.deepEqual(verdicts(judged(plan([group()]), 'aws_cloudwatch_log_group', { kms_key_id: { absent: true } })), [
      'aws_cloudwatch_log_group.g unknown',
    ]);
  });
});

describe('what an expression is made from', () => {
  const with_ = (references: string[], more: object = {}) =>
    plan(
      [key, { address: 'aws_kms_key.other' }, group()],
      configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers(...references) } }, more),
    );

  it('is the resource it refers to', () => {
    const text = with_(['aws_kms_key.main.arn', 'aws_kms_key.main']);
    const value = property(text, 'aws_cloudwatch_log_group.g', 'kms_key_id') as Unknown;
    assert.equal(value.settledBy, 'aws_kms_key.main.arn (known after apply)');
    assert.equal(value.from?.to, 'aws_kms_key.main');
    assert.equal(value.from?.attribute, 'arn');
    assert.deepEqual(verdict(text), ['aws_cloudwatch_log_group.g pass']);
  });

  for (const [name, references] of [
    ['two resources', ['aws_kms_key.main.arn', 'aws_kms_key.main', 'aws_kms_key.other.arn', 'aws_kms_key.other']],
    ['a resource and a local', ['aws_kms_key.main.arn', 'aws_kms_key.main', 'local.use']],
    ['an attribute that does not name the key', ['aws_kms_key.main.description', 'aws_kms_key.main']],
    ['a resource that is not planned', ['aws_kms_key.gone.arn', 'aws_kms_key.gone']],
    ['a variable of the root', ['var.key']],
    ['a data source', ['data.aws_kms_key.d.arn', 'data.aws_kms_key.d']],
    ['nothing', []],
  ] as const) {
    it(`is not known when it names ${name}`, () => {
      const text = with_([...references]);
      assert.equal((property(text, 'aws_cloudwatch_log_group.g', 'kms_key_id') as Unknown).from, null);
      assert.deepEqual(verdict(text), ['aws_cloudwatch_log_group.g unknown']);
    });
  }

  it('is the same for each item of a list that names one resource, and open where it names two', () => {
    const list = (...references: string[]) => {
      const after = { ids: ['known', null, null] };
      const y = { address: 'aws_x.y', after, unknown: { ids: [false, true, true] } };
      const z = { address: 'aws_x.z', unknown: { arn: true } };
      const text = plan([key, y, z], configured({ 'aws_x.y': { ids: refers(...references) } }));
      return [1, 2].map((index) => (property(text, 'aws_x.y', 'ids', index) as Unknown).from?.to);
    };
    const main = ['aws_kms_key.main.arn', 'aws_kms_key.main'];
    assert.deepEqual(list(...main, ...main), ['aws_kms_key.main', 'aws_kms_key.main']);
    assert.deepEqual(list(...main, 'aws_x.z.arn', 'aws_x.z'), [undefined, undefined]);
    assert.deepEqual(list(...main, 'local.more'), [undefined, undefined]);
  });

  it('a data source is named', () => {
    const text = with_(['data.aws_kms_key.d.arn', 'data.aws_kms_key.d']);
    const value = property(text, 'aws_cloudwatch_log_group.g', 'kms_key_id') as Unknown;
    assert.equal(value.settledBy, 'data.aws_kms_key.d.arn (known after apply)');
  });

  it('a key that belongs to something else is no key', () => {
    const role = { address: 'aws_iam_role.r', unknown: { arn: true } };
    const text = plan(
      [role, group()],
      configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers('aws_iam_role.r.arn', 'aws_iam_role.r') } }),
    );
    assert.deepEqual(verdict(text), ['aws_cloudwatch_log_group.g unknown']);
  });

  it('an alias, a replica and an external key are keys', () => {
    for (const type of ['aws_kms_alias', 'aws_kms_replica_key', 'aws_kms_external_key']) {
      const text = plan(
        [{ address: `${type}.main`, unknown: { arn: true } }, group()],
        configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers(`${type}.main.arn`, `${type}.main`) } }),
      );
      assert.deepEqual(verdict(text), ['aws_cloudwatch_log_group.g pass']);
    }
  });

  it('follows inputs and outputs of modules', () => {
    const g = {
      address: 'module.logs["a"].aws_cloudwatch_log_group.g',
      module: 'module.logs["a"]',
      unknown: { kms_key_id: true },
    };
    const k = { address: 'module.keys.aws_kms_key.main', module: 'module.keys', unknown: { arn: true } };
    const module_calls = {
      logs: {
        expressions: { key: refers('module.keys.arn', 'module.keys') },
        for_each_expression: refers('var.names'),
        module: { resources: listed({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers('var.key') } }) },
      },
      keys: {
        module: {
          outputs: { arn: { expression: refers('aws_kms_key.main.arn', 'aws_kms_key.main') } },
          resources: listed({ 'aws_kms_key.main': {} }),
        },
      },
    };
    const text = plan([g, k], configured({}, { module_calls }));
    const value = property(text, g.address, 'kms_key_id') as Unknown;
    assert.equal(value.from?.to, 'module.keys.aws_kms_key.main');
    assert.deepEqual(verdict(text), [`${g.address} pass`]);
  });

  it('a module that passes its input to itself is not followed for ever', () => {
    const g = {
      address: 'module.a.module.a.aws_cloudwatch_log_group.g',
      module: 'module.a.module.a',
      unknown: { kms_key_id: true },
    };
    const inner = { expressions: { key: refers('module.a.out') }, module: {} as Record<string, unknown> };
    inner.module = {
      outputs: { out: { expression: refers('var.key') } },
      resources: listed({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers('var.key') } }),
    };
    const outer = { expressions: {}, module: { module_calls: { a: inner } } };
    assert.deepEqual(verdict(plan([g], configured({}, { module_calls: { a: outer } }))), [`${g.address} unknown`]);
  });

  describe('of several things named', () => {
    const k = { address: 'aws_kms_key.main', unknown: { arn: true } };
    const main = ['aws_kms_key.main.arn', 'aws_kms_key.main'];
    const says = (references: readonly string[], changes: readonly Change[] = [], more = {}) =>
      verdict(
        plan([k, group(), ...changes], {
          ...configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers(...references) } }),
          ...more,
        }),
      );
    const pass = ['aws_cloudwatch_log_group.g pass'];
    const unknown = ['aws_cloudwatch_log_group.g unknown'];

    const given = (value: unknown) => ({ variables: { v: { value } } });

    it('is the one that is not known while planning', () => {
      for (const value of [true, false, null, '', [], ['a'], {}])
        assert.deepEqual(says([...main, 'var.v'], [], given(value)), pass);
      assert.deepEqual(says([...main, 'var.v.create', 'var.v'], [], given({ create: true })), pass);
      assert.deepEqual(says([...main, 'var.v["a"]', 'var.v'], [], given({ a: true })), pass);
      assert.deepEqual(says([...main, 'aws_kms_key.other[0].arn', 'aws_kms_key.other[0]', 'aws_kms_key.other']), pass);
    });

    it('is not told where it may be a part of a text', () => {
      for (const value of ['alias/', 7]) assert.deepEqual(says([...main, 'var.v'], [], given(value)), unknown);
      assert.deepEqual(says([...main, 'var.v.name', 'var.v'], [], given({ name: 'a' })), unknown);
      for (const other of ['path.module', 'terraform.workspace', 'var.nowhere', 'each.key', 'count.index'])
        assert.deepEqual(says([...main, other]), unknown);
      assert.deepEqual(says([...main, 'data.aws_partition.p.partition', 'data.aws_partition.p']), unknown);
    });

    it('is not told where another may be', () => {
      for (const other of ['local.x', 'module.a.b', 'each.value', 'self.x'])
        assert.deepEqual(says([...main, other]), unknown);
      const other = { address: 'aws_kms_alias.other', unknown: { arn: true } };
      assert.deepEqual(says([...main, 'aws_kms_alias.other.arn'], [other]), unknown);
      assert.deepEqual(says([...main, 'aws_kms_alias.other.arn'], [], { deferred_changes: [] }), unknown);
      const read = { address: 'data.aws_kms_alias.a', mode: 'data', actions: ['read'] };
      assert.deepEqual(says([...main, 'data.aws_kms_alias.a.arn', 'data.aws_kms_alias.a'], [read]), unknown);
    });

    it('is so of inputs of modules as far as they are told', () => {
      const g = {
        address: 'module.logs.aws_cloudwatch_log_group.g',
        module: 'module.logs',
        unknown: { kms_key_id: true },
      };
      const own = { address: 'module.logs.aws_kms_key.main', module: 'module.logs', unknown: { arn: true } };
      const other = { address: 'aws_kms_key.other', unknown: { arn: true } };
      const resources = listed({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers(...main, 'var.key') } });
      const within = (expressions: object) => {
        const module = { variables: { key: { default: null } }, resources };
        const called = configured({}, { module_calls: { logs: { expressions, module } } });
        return verdict(plan([g, own, other], { ...called, variables: { key: { value: '' } } }));
      };
      for (const key of [undefined, { constant_value: '' }, { constant_value: true }, refers('var.key')])
        assert.deepEqual(within(key ? { key } : {}), ['module.logs.aws_cloudwatch_log_group.g pass']);
      for (const key of [
        refers('aws_kms_key.other.arn', 'aws_kms_key.other'),
        refers('local.key'),
        {},
        { constant_value: 'a' },
      ])
        assert.deepEqual(within({ key }), ['module.logs.aws_cloudwatch_log_group.g unknown']);
    });
  });

  describe('instances', () => {
    const keys = ['aws_kms_key.main["a"]', 'aws_kms_key.main["b"]'].map((address) => ({
      address,
      unknown: { arn: true },
    }));
    const groups = ['a', 'b'].map((name) => ({
      address: `aws_cloudwatch_log_group.g["${name}"]`,
      unknown: { kms_key_id: true },
    }));
    const text = (...references: string[]) =>
      plan([...keys, ...groups], configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers(...references) } }));
    const from = (plan: string) =>
      ['a', 'b'].map((name) => {
        const value = property(plan, `aws_cloudwatch_log_group.g["${name}"]`, 'kms_key_id') as Unknown;
        return value.from?.to;
      });

    it('are the one written', () => {
      const plan = text('aws_kms_key.main["b"].arn', 'aws_kms_key.main["b"]', 'aws_kms_key.main');
      assert.deepEqual(from(plan), ['aws_kms_key.main["b"]', 'aws_kms_key.main["b"]']);
    });

    it('are those of the same key', () => {
      assert.deepEqual(from(text('aws_kms_key.main', 'each.key')), ['aws_kms_key.main["a"]', 'aws_kms_key.main["b"]']);
    });

    it('are those of the resource whose instances the turns go through', () => {
      const chained = (forEach: object, ...references: string[]) => {
        const configuration = configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers(...references) } });
        const [group] = configuration.configuration.root_module.resources;
        return plan([...keys, ...groups], {
          configuration: { root_module: { resources: [{ ...group, for_each_expression: forEach }] } },
        });
      };
      const both = ['aws_kms_key.main["a"]', 'aws_kms_key.main["b"]'];
      const neither = [undefined, undefined];
      const whole = refers('aws_kms_key.main');
      assert.deepEqual(from(chained(whole, 'each.value.arn', 'each.value')), both);
      // A policy of a key is not the key; a set of keys is not its instances; of two, either may be meant.
      assert.deepEqual(from(chained(whole, 'each.value.policy', 'each.value')), neither);
      assert.deepEqual(from(chained(whole, 'each.value')), neither);
      assert.deepEqual(from(chained(refers('var.names'), 'each.value.arn', 'each.value')), neither);
      assert.deepEqual(from(chained(refers('aws_kms_key.other'), 'each.value.arn', 'each.value')), neither);
      assert.deepEqual(
        from(chained(refers('aws_kms_key.main["a"]', 'aws_kms_key.main'), 'each.value.arn', 'each.value')),
        neither,
      );
      assert.deepEqual(
        from(chained(refers('aws_kms_key.main', 'aws_kms_key.other'), 'each.value.arn', 'each.value')),
        neither,
      );
      assert.deepEqual(from(chained(whole, 'each.value.arn', 'each.value', 'var.suffix')), neither);
    });

    it('are those of the same number where both have as many for the same reason', () => {
      const counted = (mine: object, its: object, numbers = [0, 1], ...references: string[]) => {
        const unknown = { arn: true, kms_key_id: true };
        const keys = [0, 1].map((number) => ({ address: `aws_kms_key.main[${number}]`, unknown }));
        const groups = numbers.map((number) => ({ address: `aws_cloudwatch_log_group.g[${number}]`, unknown }));
        const [group, key] = listed({
          'aws_cloudwatch_log_group.g': { kms_key_id: refers('aws_kms_key.main', 'count.index', ...references) },
          'aws_kms_key.main': {},
        });
        const resources = [
          { ...group, count_expression: mine },
          { ...key, count_expression: its },
        ];
        const text = plan([...keys, ...groups], { configuration: { root_module: { resources } } });
        return numbers.map(
          (number) => (property(text, `aws_cloudwatch_log_group.g[${number}]`, 'kms_key_id') as Unknown).from?.to,
        );
      };
      const both = ['aws_kms_key.main[0]', 'aws_kms_key.main[1]'];
      const two = { constant_value: 2 };
      assert.deepEqual(counted(two, two), both);
      assert.deepEqual(counted(refers('var.n'), refers('var.n')), both);
      assert.deepEqual(counted(refers('aws_kms_key.main'), refers('var.n')), both);
      const neither = [undefined, undefined];
      assert.deepEqual(counted(refers('var.n'), refers('var.m')), neither);
      assert.deepEqual(counted(refers('aws_kms_key.main', 'var.m'), refers('var.n')), neither);
      assert.deepEqual(counted(two, two, [0, 1], 'local.offset'), neither);
      // Twice as many go by some other rule, such as two to each.
      assert.deepEqual(counted(refers('var.n'), refers('var.n'), [0, 1, 2, 3]), [...neither, ...neither]);
    });

    it('are not guessed from a count, a value or nothing', () => {
      for (const other of ['count.index', 'each.value', 'local.k']) {
        assert.deepEqual(from(text('aws_kms_key.main', other)), [undefined, undefined]);
      }
      assert.deepEqual(from(text('aws_kms_key.main')), [undefined, undefined]);
    });

    it('can be no other where there is one', () => {
      const one = plan(
        [{ address: 'aws_kms_key.main[0]', unknown: { arn: true } }, group()],
        configured({ 'aws_cloudwatch_log_group.g': { kms_key_id: refers('aws_kms_key.main', 'count.index') } }),
      );
      assert.deepEqual(verdict(one), ['aws_cloudwatch_log_group.g pass']);
    });
  });

  it('is told for one of several blocks where all have the same', () => {
    const block = (...names: string[]) =>
      plan(
        [
          key,
          { address: 'aws_kms_key.other' },
          { address: 'aws_x.y', after: { b: names.map(() => ({})) }, unknown: { b: names.map(() => ({ id: true })) } },
        ],
        configured({
          'aws_x.y': {
            b: names.map((name) =>
              name === '' ? {} : { id: refers(`aws_kms_key.${name}.id`, `aws_kms_key.${name}`) },
            ),
          },
        }),
      );
    const from = (...names: string[]) => (property(block(...names), 'aws_x.y', 'b', 0, 'id') as Unknown).from?.to;
    assert.equal(from('main'), 'aws_kms_key.main');
    assert.equal(from('main', 'main'), 'aws_kms_key.main');
    assert.equal(from('main', 'other'), undefined);
    assert.equal(from('main', ''), undefined);
    assert.equal(from('', 'main'), undefined);
    // Some are dynamic, and not in the configuration.
    const more = block('main', 'main').replace('"after":{"b":[{},{}]}', '"after":{"b":[{},{},{}]}');
    assert.equal((property(more, 'aws_x.y', 'b', 0, 'id') as Unknown).from, null);
    assert.equal(from(...Array(40).fill('main')), undefined);
  });
});

describe('what the configuration leaves out', () => {
  const must = { policy: { 'unset-or': { equals: 'x' } } };
  const says = (expressions: object | undefined) => {
    const configuration = expressions ? configured({ 'aws_kms_key.main': expressions }) : {};
    return judged(
      plan([{ address: 'aws_kms_key.main', unknown: { policy: true } }], configuration),
      'aws_kms_key',
      must,
    )[0]?.verdict;
  };

  it('is left to the default of the provider', () => assert.equal(says({}), 'pass'));

  it('is what the configuration says to be null', () => {
    assert.equal(says({ policy: { constant_value: null } }), 'pass');
    const main = { address: 'aws_kms_key.main', unknown: { policy: true } };
    const mentioned = configured({ 'aws_kms_key.main': { policy: refers('var.policy') } });
    const given = (value: unknown) =>
      judged(plan([main], { ...mentioned, variables: { policy: { value } } }), 'aws_kms_key', must)[0]?.verdict;
    assert.equal(given(null), 'pass');
    assert.equal(given('{}'), 'unknown');
  });

  it('is what a module is given to be null, by its caller or by default', () => {
    const main = { address: 'module.m.aws_kms_key.main', module: 'module.m', unknown: { policy: true } };
    const called = (expressions: object, variable: object) => {
      const resources = listed({ 'aws_kms_key.main': { policy: refers('var.policy') } });
      const module = { resources, variables: { policy: variable } };
      const root = { module_calls: { m: { expressions, module } } };
      return judged(plan([main], { configuration: { root_module: root } }), 'aws_kms_key', must)[0]?.verdict;
    };
    assert.equal(called({}, { default: null }), 'pass');
    assert.equal(called({ policy: { constant_value: null } }, {}), 'pass');
    assert.equal(called({ policy: refers('data.aws_iam_policy_document.d') }, { default: null }), 'unknown');
    assert.equal(called({}, {}), 'unknown');
  });

  it('is not what the configuration mentions, or what no configuration is known of', () => {
    assert.equal(says({ policy: refers('local.p') }), 'unknown');
    assert.equal(says({ policy: {} }), 'unknown');
    assert.equal(says(undefined), 'unknown');
  });

  it('is not a block of which the provider plans none where none is written', () => {
    const group = (block: string) => {
      const address = 'aws_launch_template.t';
      const text = plan([{ address, unknown: { [block]: true } }], configured({ [address]: {} }));
      return judged(text, 'aws_launch_template', { [`${block}[*].x`]: { 'unset-or': { equals: 'x' } } })[0]?.verdict;
    };
    assert.equal(group('network_interfaces'), 'unknown');
    assert.equal(group('metadata_options'), 'pass');
  });

  it('is "" once the resource is there', () => {
    const text = plan([{ address: 'aws_kms_key.main', after: { policy: '' } }]);
    assert.equal(judged(text, 'aws_kms_key', must)[0]?.verdict, 'pass');
  });

  it('is not what has a value', () => {
    const text = plan(
      [{ address: 'aws_kms_key.main', after: { policy: 'y' } }],
      configured({ 'aws_kms_key.main': {} }),
    );
    assert.equal(judged(text, 'aws_kms_key', must)[0]?.verdict, 'fail');
  });
});

describe('what is only written', () => {
  const value = (expressions: object) => {
    const address = 'aws_db_instance.d';
    const text = plan([{ address, after: { password_wo: null } }], configured({ [address]: expressions }));
    return property(text, address, 'password_wo');
  };

  it('is what the configuration spells out, and a secret', () => {
    const spelt = value({ password_wo: { constant_value: 'hunter2' } });
    assert.ok(spelt.kind === 'scalar' && spelt.value === 'hunter2' && spelt.sensitive);
  });

  it('is not there where the configuration names what gives it, or does not mention it', () => {
    assert.equal(value({ password_wo: refers('var.password') }).kind, 'absent');
    assert.equal(value({}).kind, 'absent');
  });
});

describe('what a plan takes over from what is there', () => {
  const versioning = [{ enabled: true, mfa_delete: false }];
  const says = (change: Partial<Change>, expressions: object) =>
    (
      judge(
        plan(
          [
            { address: 'aws_s3_bucket.b', after: { bucket: 'models', versioning }, ...change },
            { address: 'aws_s3_bucket_versioning.b', actions: ['delete'] },
          ],
          configured({ 'aws_s3_bucket.b': expressions }),
        ),
        {},
        'plan.json',
      ) ?? []
    )
      .filter(({ requirement }) => requirement === 's3-versioning')
      .map(({ verdict }) => verdict);

  it('is nothing the configuration gives: another resource may have set it, and be deleted', () => {
    for (const actions of [['no-op'], ['update']]) assert.deepEqual(says({ actions }, {}), ['fail']);
    for (const actions of [['no-op'], ['update']])
      assert.deepEqual(says({ actions }, { versioning: [{ enabled: { constant_value: true } }] }), ['pass']);
  });

  it('is none where the resource is new', () => {
    for (const actions of [['create'], ['delete', 'create']]) assert.deepEqual(says({ actions }, {}), ['pass']);
    const open = { after: { bucket: 'models' }, unknown: { versioning: true } };
    assert.deepEqual(says(open, {}), ['fail']);
    assert.deepEqual(says(open, { versioning: {} }), ['unknown']);
  });
});
