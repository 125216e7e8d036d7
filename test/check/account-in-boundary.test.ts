import assert from 'node:assert/strict';
import type { Context } from '#check/context.js';
import { engine } from '#check/engine.js';
import type { Manifest, Resource } from '#model/resource.js';
import { onlyWorld, type Value } from '#model/value.js';

const team = { type: 'AWS::Organizations::Account', address: 'Team' } as Resource;
const context = (accounts?: readonly string[]): Context => ({
  world: onlyWorld,
  resource: { type: 'T', manifest: { language: 'cloudformation' } as Manifest } as Resource,
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'], ...(accounts ? { accounts } : {}) },
  settings: {},
  nvmeFamilies: { families: [], source: '', date: '' },
  ofType: () => [],
  find: (_, address) => (address === 'Team' ? team : undefined),
  isNowhere: () => false,
});
const subscription = '11112222-3333-4444-8555-666677778888';
const ours = context(['111122223333', '444455556666', subscription, 'agency-example']);

const known = (value: string | number): Value => ({ kind: 'scalar', value, at: 0 });
const open = { kind: 'unknown', settledBy: 'x', at: 0 } as const;
const ownId = { ...open, samples: ['907512384061', '246813579024'] } as const;
const role = { kind: 'reference', to: 'Role', attribute: 'Arn', at: 0 } as const;
const teamId = { kind: 'reference', to: 'Team', attribute: 'AccountId', at: 0 } as const;
const text = (...parts: Extract<Value, { kind: 'text' }>['parts']): Value => ({ kind: 'text', parts, at: 0 });
const isInside = { 'account-in-boundary': true };

const rows: readonly [Value, string][] = [
  ...[
    '111122223333',
    'AWS:444455556666',
    'arn:aws-us-gov:iam::111122223333:root',
    'AWS:arn:aws:sts::111122223333:x/y',
  ].map((value): [Value, string] => [known(value), 'pass']),
  ...[
    '999999999999',
    'AWS:999999999999',
    'arn:aws-us-gov:iam::999999999999:role/a',
    'AWS:arn:aws:iam::999999999999:root',
  ].map((value): [Value, string] => [known(value), 'fail']),
  [known(111122223333), 'pass'],
  // An image is of the account whose registry it is in, and an API names a function inside an ARN of its own.
  [known('111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/llm:1'), 'pass'],
  [known('999999999999.dkr.ecr.us-gov-west-1.amazonaws.com/llm:1'), 'fail'],
  [known('999999999999.dkr.ecr-fips.us-gov-west-1.amazonaws.com/llm:1'), 'fail'],
  [text(ownId, '.dkr.ecr.us-gov-west-1.amazonaws.com/llm:1'), 'pass'],
  [text(open, '.dkr.ecr.us-gov-west-1.amazonaws.com/llm:1'), 'unknown'],
  ...['111122223333', '999999999999'].map((account): [Value, string] => [
    known(
      `arn:aws-us-gov:apigateway:us-gov-west-1:lambda:path/2015-03-31/functions/arn:aws-us-gov:lambda:us-gov-west-1:${account}:function:f/invocations`,
    ),
    account === '111122223333' ? 'pass' : 'fail',
  ]),
  [known(`/subscriptions/${subscription}`), 'pass'],
  [known(`/subscriptions/${subscription.toUpperCase()}/resourceGroups/g`), 'pass'],
  [known('/subscriptions/99999999-9999-4999-9999-999999999999/resourceGroups/g'), 'fail'],
  [known('/subscriptions/g'), 'pass'],
  [known('projects/agency-example/global/networks/n'), 'pass'],
  [known('https://www.googleapis.com/compute/v1/projects/agency-example/global/networks/n'), 'pass'],
  [known('projects/stranger/global/networks/n'), 'fail'],
  [known('pubsub.googleapis.com/projects/stranger/topics/t'), 'fail'],
  [known('//pubsub.googleapis.com/projects/stranger/topics/t'), 'fail'],
  [known('storage.googleapis.com/bucket'), 'pass'],
  [known('serviceAccount:a@agency-example.iam.gserviceaccount.com'), 'pass'],
  [known('serviceAccount:a@stranger.iam.gserviceaccount.com'), 'fail'],
  [known('serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com'), 'pass'],
  [known('serviceAccount:cmek-p1@gcp-sa-logging.iam.gserviceaccount.com'), 'pass'],
  // A project has a number beside its id; which is whose is told by nothing here.
  [known('projects/123456789012/global/networks/n'), 'unknown'],
  [known('//pubsub.googleapis.com/projects/1234567890/topics/t'), 'unknown'],
  [known('https://www.googleapis.com/compute/v1/projects/123456789012/global/networks/n'), 'unknown'],
  [text('projects/123456789012/locations/', open), 'unknown'],
  [text('projects/stranger/locations/', open), 'fail'],
  [text('projects/agency-example/locations/', open), 'pass'],
  [known('serviceAccount:123456789012-compute@developer.gserviceaccount.com'), 'unknown'],
  [known('serviceAccount:stranger@appspot.gserviceaccount.com'), 'fail'],
  [known('serviceAccount:agency-example@appspot.gserviceaccount.com'), 'pass'],
  [known('serviceAccount:123456789012@cloudservices.gserviceaccount.com'), 'pass'],
  [known(`serviceAccount:${'9-'.repeat(50_000)}`), 'pass'],
  // A security group of another account, as Terraform spells it.
  [known('999999999999/sg-0a1b2c3d'), 'fail'],
  [known('111122223333/sg-0a1b2c3d'), 'pass'],
  [known('999999999999/path'), 'pass'],
  // Without quotes the zero it begins with is lost.
  [known(48591011584), 'fail'],
  ...[
    '*',
    '',
    'Service:s3.amazonaws.com',
    'arn:aws-us-gov:s3:::bucket',
    'AWS:arn:aws:iam::cloudfront:user/x',
    'AIDA999999999999',
  ].map((value): [Value, string] => [known(value), 'pass']),
  [known('arn:aws-us-gov:organizations::999999999999:organization/o-1234567890'), 'pass'],
  // Of some account, which nobody can tell from it.
  [known('CanonicalUser:79a59df900b949e55d96a1e698fbaced'), 'unknown'],
  [text('CanonicalUser:', role), 'pass'],
  [{ kind: 'absent', at: 0 }, 'fail'],
  [{ kind: 'list', items: [], at: 0 }, 'fail'],
  [open, 'unknown'],
  [ownId, 'pass'],
  [role, 'pass'],
  [text('/subscriptions/', ownId, '/resourceGroups/g'), 'pass'],
  [text('/subscriptions/', open, '/resourceGroups/g'), 'unknown'],
  [text('/subscriptions/99999999-', open), 'unknown'],
  [text('/', open), 'unknown'],
  [text(`/subscriptions/${subscription}/resourceGroups/`, open), 'pass'],
  [text('/subscriptions/99999999-9999-4999-9999-999999999999/resourceGroups/', open), 'fail'],
  [teamId, 'unknown'],
  [{ ...open, from: { kind: 'reference', to: 'aws_iam_role.a', at: 0 } }, 'pass'],
  [{ ...open, from: null }, 'unknown'],
  [text('AWS:', role), 'pass'],
  [text('AWS:', open), 'unknown'],
  [text('AWS:', ownId), 'pass'],
  [text('AWS:', teamId), 'unknown'],
  [text('AWS:arn:aws-us-gov:iam::', ownId, ':root'), 'pass'],
  [text('AWS:arn:aws-us-gov:iam::', open, ':root'), 'unknown'],
  [text('AWS:arn:aws-us-gov:iam::', teamId, ':root'), 'unknown'],
  [text('arn:', open, ':iam::999999999999:root'), 'unknown'],
  [text('arn:aws-us-gov:iam::999999999999:role/', open), 'fail'],
  [text('arn:aws-us-gov:iam::111122223333:role/', open), 'pass'],
  [text('arn:aws-us-gov:iam::9999', open), 'unknown'],
  [text('9999', open), 'unknown'],
  [text('arn:aws-us-gov:s3:::', open), 'pass'],
  [text('Service:', open), 'pass'],
];

describe('accounts of the boundary', () => {
  for (const [value, verdict] of rows) {
    it(`${JSON.stringify(value)}: ${verdict}`, () => {
      assert.equal(engine.predicate(value, isInside, ours).verdict, verdict);
    });
  }

  it('a stranger is named', () => {
    const { reason } = engine.predicate(known('AWS:arn:aws:iam::999999999999:root'), isInside, ours);
    assert.equal(
      reason,
      'is "AWS:arn:aws:iam::999999999999:root", of account 999999999999, which is none of the boundary\'s',
    );
  });

  it('where none is known an account that is spelt out is unknown, and what names none passes', () => {
    assert.equal(engine.predicate(known('999999999999'), isInside, context()).verdict, 'unknown');
    assert.equal(engine.predicate(role, isInside, context()).verdict, 'pass');
  });

  it('a requirement may be for boundaries that name one', () => {
    const part = { boundary: { accounts: { present: true }, partition: { equals: 'aws-us-gov' } } };
    const base: Value = { kind: 'scalar', value: '', at: 0 };
    assert.equal(engine.condition(base, part, ours).verdict, 'pass');
    assert.equal(engine.condition(base, part, context()).verdict, 'fail');
  });

  it('keys of other accounts are none of the customer’s, as far as it is known which those are', () => {
    const of = (account: string) =>
      known(`arn:aws-us-gov:kms:us-gov-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`);
    const isKey = { 'customer-key': true };
    assert.equal(engine.predicate(of('111122223333'), isKey, ours).verdict, 'pass');
    assert.equal(engine.predicate(of('444455556666'), isKey, ours).verdict, 'pass');
    assert.equal(engine.predicate(of('999999999999'), isKey, context()).verdict, 'pass');
    const { verdict, reason } = engine.predicate(of('999999999999'), isKey, ours);
    assert.equal(verdict, 'fail');
    assert.match(reason ?? '', /of account 999999999999; must name a customer-managed key in the boundary/);
  });
});
