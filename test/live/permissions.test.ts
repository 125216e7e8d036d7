import assert from 'node:assert/strict';
import { type AskedRegion, permissions } from '#live/permissions.js';
import { liveCalls } from '#model/live-call.js';

const place = { partition: 'aws-us-gov', account: '123456789012' };
const govWest = (asked: Omit<AskedRegion, 'region'>, account: string | undefined = place.account) =>
  permissions({ ...place, account, regions: [{ region: 'us-gov-west-1', ...asked }] });
const head = 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key';
const id = '11111111-2222-3333-4444-555555555555';

describe('the policy for a probe', () => {
  it('allows every call that needs a permission, each once, and no other', () => {
    const { Statement } = govWest({ keys: [] });
    assert.deepEqual(
      Statement.flatMap(({ Action }) => Action).sort(),
      Object.entries(liveCalls)
        .filter(([, on]) => on === 'key' || on === 'keys')
        .map(([action]) => action)
        .sort(),
    );
    const whole = govWest({ keys: [], stacks: ['chat'], deep: true }).Statement;
    assert.deepEqual(
      whole.flatMap(({ Action }) => Action).sort(),
      Object.entries(liveCalls)
        .filter(([, on]) => on !== 'none')
        .map(([action]) => action)
        .sort(),
    );
    assert.ok(Statement.every(({ Effect }) => Effect === 'Allow'));
  });

  it('is bound to the keys that are named, by id, ARN and alias', () => {
    const keys = [id, `${head}/${id}`, 'alias/b', 'alias/a', 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:alias/a'];
    const { Statement } = govWest({ keys });
    assert.deepEqual(
      Statement.map(({ Sid, Resource, Condition }) => ({ Sid, Resource, Condition })),
      [
        { Sid: 'ReadNamedKeys', Resource: [`${head}/${id}`], Condition: undefined },
        {
          Sid: 'ReadKeysByAlias',
          Resource: `${head}/*`,
          Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/a', 'alias/b'] } },
        },
        {
          Sid: 'ListAliases',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'us-gov-west-1' } },
        },
      ],
    );
  });

  it('reaches every key of the region when none is named, and every account only when none is known', () => {
    const resource = (account: string | undefined) =>
      permissions({ ...place, account, regions: [{ region: 'us-gov-west-1', keys: [] }] }).Statement[0]?.Resource;
    assert.equal(resource('123456789012'), `${head}/*`);
    assert.equal(resource(undefined), 'arn:aws-us-gov:kms:us-gov-west-1:*:key/*');
  });

  it('is bound to the stacks that are named; of a change set nobody can say which stack it is', () => {
    const whole =
      'arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:stack/prod/11111111-2222-3333-4444-555555555555';
    const set =
      'arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:changeSet/next/11111111-2222-3333-4444-555555555555';
    const on = (asked: object) =>
      govWest({ keys: [id], ...asked }).Statement.find(({ Sid }) => Sid === 'ReadStacks')?.Resource;
    const all = 'arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:stack';
    assert.deepEqual(on({ stacks: [whole, 'chat'] }), [`${all}/chat/*`, whole]);
    assert.equal(on({ stacks: ['chat'], changeSets: [set] }), `${all}/*`);
    assert.equal(on({}), undefined);
  });

  it('keeps regions apart, each statement with a name of its own', () => {
    const { Statement } = permissions({
      ...place,
      regions: [
        { region: 'us-gov-west-1', keys: ['alias/a'] },
        { region: 'us-gov-east-1', keys: ['alias/b'] },
      ],
    });
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ['ReadKeysByAliasUsGovWest1', 'ListAliasesUsGovWest1', 'ReadKeysByAliasUsGovEast1', 'ListAliasesUsGovEast1'],
    );
    assert.ok(Statement.every(({ Sid }) => /^[A-Za-z0-9]+$/.test(Sid)));
    assert.match(String(Statement[2]?.Resource), /us-gov-east-1/);
    assert.deepEqual(Statement[2]?.Condition, { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/b'] } });
  });
});
