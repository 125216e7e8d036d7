import assert from 'node:assert/strict';
import type { Context } from '#check/context.js';
import { engine } from '#check/engine.js';
import { statementsOf } from '#check/policy-document.js';
import { fromJson, type Value } from '#model/value.js';

const context = {
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
  settings: {},
} as unknown as Context;

const known = (value: string): Value => ({ kind: 'scalar', value, at: 0 });
const open = { kind: 'unknown', settledBy: 'x', at: 0 } as const satisfies Value;
const account = { ...open, samples: ['907512384061', '246813579024'] } as const satisfies Value;
const absent: Value = { kind: 'absent', at: 0 };
const arn = { kind: 'reference', to: 'Bucket', attribute: 'Arn', at: 0 } as unknown as Extract<
  Value,
  { kind: 'reference' }
>;
const text = (...parts: Extract<Value, { kind: 'text' }>['parts']): Value => ({ kind: 'text', parts, at: 0 });
const list = (...items: (string | Value)[]): Value => ({
  kind: 'list',
  items: items.map((item) => (typeof item === 'string' ? known(item) : item)),
  at: 0,
});
const form = 'arn:*:iam::*:role/=';
const any = 'arn:{partition}:service:region:000000000000:anything';

const rows: readonly [predicate: object, value: Value, verdict: string][] = [
  ...['*', '**', '?*', '*?', '*:*', 'arn:*', 'arn:*:*', 'arn:aws*:*', 'arn:aws-us-gov:*:*:*:*', 'ARN:*'].map(
    (pattern): [object, Value, string] => [{ covers: any }, known(pattern), 'pass'],
  ),
  ...['arn:aws-us-gov:s3:::*', 'arn:aws-us-gov:iam::*:role/*', 'arn:aws-us-gov:*:*:111122223333:*', ''].map(
    (pattern): [object, Value, string] => [{ covers: any }, known(pattern), 'fail'],
  ),
  [{ covers: ['s3:GetObject', any] }, known('s3:Get*'), 'pass'],
  [{ covers: ['s3:GetObject', any] }, known('s3:Put*'), 'fail'],
  ...[
    '*',
    'arn:*',
    'arn:aws:iam::111122223333:role/*',
    'ARN:*:IAM::*:Role*',
    '*:111122223333:role/*',
    'arn:*role/?',
  ].map((pattern): [object, Value, string] => [{ covers: form }, known(pattern), 'pass']),
  ...['arn:aws:s3:::*', 'arn:aws:iam::*:user/*', 'arn:aws:iam::*:role/a*', 'arn:aws:iam::*:role/=?', 'role/='].map(
    (pattern): [object, Value, string] => [{ covers: form }, known(pattern), 'fail'],
  ),
  [{ covers: form }, text('arn:aws:iam::', account, ':role/*'), 'pass'],
  [{ covers: form }, text('arn:aws:iam::', account, ':role/', open), 'unknown'],
  [{ covers: form }, text('arn:aws:iam::', account, ':role/', open, '-*'), 'fail'],
  [{ covers: form }, text('arn:aws:iam::', account, ':role/', open, '/*'), 'fail'],
  [{ covers: form }, text(open, ':111122223333:role/*'), 'unknown'],
  [{ covers: form }, text('arn:aws:iam::', account, ':role/', arn), 'fail'],
  [{ covers: any }, arn, 'fail'],
  [{ covers: any }, text(arn, '/*'), 'fail'],
  [{ covers: any }, text('arn:aws-us-gov:s3:::', arn), 'fail'],
  [{ covers: any }, text(arn, '*'), 'fail'],
  [{ covers: any }, { ...open, from: arn }, 'fail'],
  [{ covers: any }, { ...open, from: null }, 'unknown'],
  [{ covers: any }, text('arn:', open), 'unknown'],
  [{ covers: any }, text(open, '*'), 'unknown'],
  [{ covers: any }, open, 'unknown'],
  [{ 'ends-with': '*' }, text(arn, '/*'), 'pass'],
  [{ 'ends-with': '*' }, arn, 'fail'],
  [{ 'ends-with': ['*', '/'] }, arn, 'unknown'],
  [{ 'ends-with': '*' }, text('arn:aws-us-gov:s3:::', arn), 'fail'],
  [{ 'ends-with': '*' }, text('arn:aws-us-gov:s3:::', open), 'unknown'],
  [{ 'starts-with': 'arn:{partition}:iam::aws:' }, known('arn:aws-us-gov:iam::aws:policy/a'), 'pass'],
  [{ 'starts-with': 'arn:{partition}:iam::aws:' }, known('arn:aws:iam::aws:policy/a'), 'fail'],
  [{ 'starts-with': 'arn:{partition}:iam::aws:' }, text('arn:aws-us-gov:iam::', account, ':policy/', open), 'fail'],
  [{ 'starts-with': 'arn:{partition}:iam::9' }, text('arn:aws-us-gov:iam::', account, ':policy/'), 'unknown'],
  [{ 'starts-with': 'arn:{partition}:iam::aws:' }, text('arn:aws-us-gov:iam::', open), 'unknown'],
  [{ 'starts-with': 'arn:{partition}:iam::aws:' }, text('arn:aws-us-gov:iam::aws:policy/', open), 'pass'],
  [{ shaped: '^[^/]*$' }, known('arn:aws-us-gov:s3:::bucket'), 'pass'],
  [{ shaped: '^[^/]*$' }, known('arn:aws-us-gov:s3:::bucket/*'), 'fail'],
  [{ shaped: '^[^/]*$' }, arn, 'pass'],
  [{ shaped: '^[^/]*/[*]$' }, text(arn, '/*'), 'pass'],
  [{ shaped: '^[^/]*/[*]$' }, text(arn, '/a/*'), 'fail'],
  [{ shaped: '^[^/]*/[*]$' }, text('arn:aws-us-gov:s3:::', open, '/*'), 'unknown'],
  [{ shaped: '^[^/]*$' }, open, 'unknown'],
  [{ shaped: '^' }, absent, 'fail'],
  [{ leaves: 'iam:PassRole' }, list('s3:*', 'IAM:Get*'), 'pass'],
  [{ leaves: 'iam:PassRole' }, list('s3:*', 'IAM:Pass*'), 'fail'],
  [{ leaves: ['iam:PassRole', 's3:GetObject'] }, list('iam:*'), 'pass'],
  [{ leaves: ['iam:PassRole', 's3:GetObject'] }, list('iam:*', 's3:Get*'), 'fail'],
  [{ leaves: ['iam:PassRole', 's3:GetObject'] }, list('iam:*', open), 'unknown'],
  [{ leaves: ['iam:PassRole', 's3:GetObject'] }, list('*', open), 'fail'],
  [{ leaves: 'iam:PassRole' }, list(), 'fail'],
  [{ leaves: 'iam:PassRole' }, absent, 'fail'],
  [{ leaves: 'iam:PassRole' }, open, 'unknown'],
  [{ undecided: 'the image' }, known('x'), 'unknown'],
  [{ undecided: 'the image' }, absent, 'unknown'],
  [{ unset: true }, absent, 'pass'],
  [{ unset: true }, known(''), 'pass'],
  [{ unset: true }, known('x'), 'fail'],
  [{ unset: true }, open, 'fail'],
  [{ unset: true }, { ...open, unset: true }, 'pass'],
  [{ 'names-somebody': true }, known('arn:aws-us-gov:s3:::bucket'), 'pass'],
  [{ 'names-somebody': true }, known('arn:aws-us-gov:execute-api:us-gov-west-1:111122223333:*'), 'pass'],
  [{ 'names-somebody': true }, known('arn:aws-us-gov:execute-api:us-gov-west-1:*:*'), 'fail'],
  [{ 'names-somebody': true }, known('arn:aws-us-gov:s3:::*'), 'fail'],
  [{ 'names-somebody': true }, known('*'), 'fail'],
  [{ 'names-somebody': true }, known(''), 'fail'],
  [{ 'names-somebody': true }, absent, 'fail'],
  [{ 'names-somebody': true }, arn, 'pass'],
  [{ 'names-somebody': true }, text('arn:aws-us-gov:events:us-gov-west-1:111122223333:rule/', open), 'pass'],
  [{ 'names-somebody': true }, text('arn:aws-us-gov:s3:::', open), 'unknown'],
  [{ 'names-somebody': true }, text(arn, '/*'), 'pass'],
  [{ 'names-somebody': true }, text('*', arn), 'unknown'],
  [{ 'names-somebody': true }, { ...open, from: arn }, 'pass'],
  [{ 'names-somebody': true }, { ...open, from: null }, 'unknown'],
  [{ 'names-somebody': true }, open, 'unknown'],
];

describe('predicates of patterns', () => {
  for (const [predicate, value, verdict] of rows) {
    it(`${JSON.stringify(predicate)} of ${JSON.stringify(value)}: ${verdict}`, () => {
      assert.equal(engine.predicate(value, predicate, context).verdict, verdict);
    });
  }

  it('a star is everybody, said of no kind of principal, of accounts or of any kind', () => {
    for (const Principal of ['*', ['*'], { AWS: '*' }, { '*': '*' }, { '*': ['a', '*'] }]) {
      const document = fromJson({ Statement: { Effect: 'Allow', Principal } }, 0);
      assert.ok(document.kind === 'dict');
      const statements = statementsOf(document);
      assert.ok(statements);
      const everybody = { some: { Principal: { some: { equals: '*' } } } };
      assert.equal(engine.predicate(statements, everybody, context).verdict, 'pass', JSON.stringify(Principal));
    }
  });

  it('of each action, the statements that speak of it', () => {
    const judged = (...statements: object[]): string => {
      const document = fromJson({ Statement: statements }, 0);
      assert.ok(document.kind === 'dict');
      const list = statementsOf(document);
      assert.ok(list);
      const part = { 'for-each-action': { actions: ['a:B', 'c:D'], must: { any: [{ none: allow }, { some: deny }] } } };
      return engine.predicate(list, part, context).verdict;
    };
    const allow = { Effect: { equals: 'Allow' } };
    const deny = { Effect: { equals: 'Deny' } };
    const of = (Effect: string, rest: object) => ({ Effect, ...rest });
    assert.equal(judged(), 'pass');
    assert.equal(judged(of('Allow', { Action: 'x:Y' })), 'pass');
    assert.equal(judged(of('Allow', { Action: 'a:*' }), of('Deny', { Action: 'c:*' })), 'fail');
    assert.equal(judged(of('Allow', { Action: 'a:*' }), of('Deny', { Action: 'A:b' })), 'pass');
    assert.equal(judged(of('Allow', { Action: '*' }), of('Deny', { Action: ['a:B', 'x:Y'] })), 'fail');
    assert.equal(judged(of('Allow', { NotAction: ['a:*', 'c:*'] })), 'pass');
    assert.equal(judged(of('Allow', { NotAction: ['a:*'] })), 'fail');
    assert.equal(judged(of('Allow', { Action: 'a:B' }), of('Deny', { NotAction: 'c:D' })), 'pass');
    assert.equal(engine.predicate(absent, { 'for-each-action': { actions: [], must: {} } }, context).verdict, 'fail');
    assert.equal(engine.predicate(open, { 'for-each-action': { actions: [], must: {} } }, context).verdict, 'unknown');
  });
});
