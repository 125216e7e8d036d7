import assert from 'node:assert/strict';
import type { Condition } from '#model/requirement.js';
import type { Result } from '#model/result.js';
import { formats } from '../../../src/report/formats/index.js';
import { reportContext, whole } from '../../report/context.js';
import { judged, listed, plan, refers } from './plan.js';

const secret = 'arn:aws:kms:us-east-1:111122223333:key/hunter2';
const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'hunter2:*', Principal: { AWS: 'hunter2' } }] });
const text = plan([
  {
    address: 'aws_x.y',
    after: { key: secret, policy, block: [{ key: secret }], map: { a: secret }, number: 424242 },
    secret: { key: true, policy: true, block: [{ key: true }], map: true, number: true },
  },
]);

const conditions: Record<string, Condition> = {
  'customer-key': { key: { 'customer-key': true } },
  'arn-in-boundary': { key: { 'arn-in-boundary': true } },
  equals: { key: { equals: 'other' } },
  matches: { key: { matches: '^other$' } },
  'ends-with': { key: { 'ends-with': 'other' } },
  'starts-with': { key: { 'starts-with': 'other' } },
  covers: { key: { covers: 'other' } },
  absent: { key: { absent: true } },
  json: { key: { json: { a: { equals: 1 } } } },
  any: { key: { any: [{ equals: 'other' }, { 'customer-key': true }] } },
  'refers-to': { key: { 'refers-to': { type: 'aws_kms_key' } } },
  'local-reference': { key: { 'local-reference': 'aws_kms_key' } },
  'nvme-instance': { key: { 'nvme-instance': true } },
  'at-most': { number: { 'at-most': 1 } },
  'max-items': { key: { 'max-items': 0 } },
  policy: { policy: { policy: { none: { Action: { some: { covers: 'hunter2:x' } } } } } },
  statements: { policy: { policy: { every: { Principal: { every: { equals: 'other' } } } } } },
  block: { 'block[*].key': { equals: 'other' } },
  map: { map: { equals: 'other' } },
  'map.a': { 'map.a': { 'arn-in-boundary': true } },
  strings: { strings: { 'arn-in-boundary': true } },
};

describe('a sensitive value', () => {
  for (const [name, must] of Object.entries(conditions)) {
    it(`is judged and not quoted: ${name}`, async () => {
      const findings = judged(text, 'aws_x', must);
      assert.notEqual(findings[0]?.verdict, 'pass');
      const result = {
        tool: { name: 'rampart', version: '0' },
        baseline: 'b',
        controlData: 'x',
        boundary: { partition: 'aws-us-gov', regions: [] },
        files: [],
        findings,
      } as unknown as Result;
      for (const [format, load] of formats) {
        const said = whole(await (await load())(result, { ...reportContext, all: true }));
        assert.doesNotMatch(said, /hunter2(?!:x)|424242|us-east-1/, format);
      }
      if (!['max-items', 'map'].includes(name)) assert.match(findings[0]?.reason ?? '', /\(sensitive\)/);
    });
  }

  it('passes like any other', () => {
    assert.equal(judged(text, 'aws_x', { number: { 'at-least': 5 } })[0]?.verdict, 'pass');
  });
});

describe('a sensitive value that is handed on', () => {
  const block = (refs: readonly string[]) => ({ environment: [{ variables: refers(...refs) }] });
  const told = (name: string, expressions: object | undefined, more: object = {}, module?: string) => {
    const address = `${module ? `${module}.` : ''}aws_lambda_function.f`;
    const after = { environment: [{ variables: { [name]: 'hunter2hunter2' } }] };
    const secret = { environment: [{ variables: { [name]: true } }] };
    const own = expressions && { resources: listed({ 'aws_lambda_function.f': expressions }) };
    const text = plan([{ address, after, secret, ...(module ? { module } : {}) }], {
      ...(own ? { configuration: { root_module: module ? more : { ...own, ...more } } } : {}),
    });
    const must = { 'environment[*].variables': { entries: { none: { value: { 'uncovers-secret': true } } } } };
    return judged(text, 'aws_lambda_function', must as Condition)[0]?.verdict;
  };
  const variables = { word: { sensitive: true }, db_user: { sensitive: true }, plain: {} };

  it('is told from what people mark beside it', () => {
    assert.equal(told('SETTING', block(['var.word']), { variables }), 'fail');
    assert.equal(told('SETTING', block(['var.db_user', 'var.plain']), { variables }), 'pass');
    assert.equal(told('DB_HOST', block(['var.word']), { variables }), 'pass');
    assert.equal(told('SETTING', block(['random_password.p.result', 'random_password.p']), {}), 'fail');
    assert.equal(told('SETTING', block(['aws_db_instance.d.username', 'aws_db_instance.d']), {}), 'pass');
  });

  it('is one where nobody can tell what is marked', () => {
    assert.equal(told('SETTING', block(['local.settings']), {}), 'fail');
    assert.equal(told('SETTING', {}), 'fail', 'a dynamic block');
    assert.equal(told('SETTING', undefined), 'pass', 'a plan without configuration, or a state');
  });

  it('is followed through the inputs of modules', () => {
    const call = (given: object, declared: object = {}) => ({
      variables,
      module_calls: {
        a: {
          expressions: { settings: given },
          module: {
            variables: { settings: declared },
            resources: listed({ 'aws_lambda_function.f': block(['var.settings']) }),
          },
        },
      },
    });
    assert.equal(told('SETTING', {}, call(refers('var.word')), 'module.a'), 'fail');
    assert.equal(told('SETTING', {}, call(refers('var.db_user')), 'module.a'), 'pass');
    assert.equal(told('SETTING', {}, call(refers('var.db_user'), { sensitive: true }), 'module.a'), 'fail');
  });
});
