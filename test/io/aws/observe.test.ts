import assert from 'node:assert/strict';
import * as kms from '@aws-sdk/client-kms';
import { observe } from '#io/aws/observe.js';
import type { Observation } from '#model/observation.js';
import { awsEnvironment, govWest, noon, secrets } from './credentials.js';
import { motoServer } from './moto.js';

describe('observing an account (moto_server, us-gov-west-1)', function () {
  this.timeout(60_000);
  awsEnvironment();
  const endpoint = motoServer();
  const made: Record<string, string> = {};

  before('make keys', async () => {
    const client = new kms.KMSClient({ region: govWest.region, endpoint: endpoint(), useFipsEndpoint: false });
    const make = async (name: string, input: kms.CreateKeyCommandInput = {}): Promise<string> => {
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand(input));
      const arn = KeyMetadata?.Arn;
      assert.ok(arn);
      made[name] = arn;
      // moto's DisableKey knows keys by their id only.
      return KeyMetadata?.KeyId ?? arn;
    };
    const on = await make('rotating');
    await client.send(new kms.EnableKeyRotationCommand({ KeyId: on }));
    await client.send(
      new kms.CreateGrantCommand({
        KeyId: on,
        Name: 'not to be shown',
        GranteePrincipal: 'arn:aws-us-gov:iam::123456789012:role/reader',
        Operations: ['GenerateDataKey', 'Decrypt'],
        Constraints: { EncryptionContextEquals: { tenant: 'not to be shown' } },
      }),
    );
    const tags = { system: 'chat', owner: 'records' };
    const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    await client.send(new kms.TagResourceCommand({ KeyId: on, Tags }));
    await make('still');
    await client.send(new kms.DisableKeyCommand({ KeyId: await make('disabled') }));
    await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId: await make('dying'), PendingWindowInDays: 7 }));
    await make('many regions', { MultiRegion: true });
    await make('signing', { KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' });
    for (const alias of ['alias/model', 'alias/model-again']) {
      await client.send(new kms.CreateAliasCommand({ AliasName: alias, TargetKeyId: on }));
    }
    await client.send(new kms.CreateAliasCommand({ AliasName: 'alias/still', TargetKeyId: made.still }));
    client.destroy();
  });

  const look = async (...keys: string[]): Promise<readonly Observation[]> =>
    observe({ ...govWest, keys, endpoint: endpoint(), now: noon });
  const lookAt = async (name: string): Promise<Observation> => {
    const [, key, ...more] = await look(made[name] ?? '');
    assert.ok(key);
    assert.deepEqual(more, []);
    return key;
  };

  it('says who asked, in which partition', async () => {
    const [identity] = await look(made.still ?? '');
    assert.ok(identity);
    const { requestId: _, ...rest } = identity;
    assert.deepEqual(rest, {
      probe: 'sts-identity',
      service: 'sts',
      call: 'GetCallerIdentity',
      subject: 'caller',
      region: 'us-gov-west-1',
      time: '2026-11-20T12:00:00.000Z',
      outcome: 'answered',
      answer: {
        account: '123456789012',
        arn: 'arn:aws-us-gov:sts::123456789012:user/moto',
        partition: 'aws-us-gov',
        userType: 'user',
        credentials: 'temporary',
        sessionExpires: identity.answer.sessionExpires,
        sessionAge: identity.answer.sessionAge,
        endpoint: new URL(endpoint()).host,
        fipsEndpoint: { $unknown: identity.answer.fipsEndpoint && unknownOf(identity.answer.fipsEndpoint) },
      },
    });
    assert.match(unknownOf(identity.answer.fipsEndpoint), /without the custom endpoint .*: FIPS cannot be asserted/);
    assert.match(unknownOf(identity.answer.sessionExpires), /AWS_CREDENTIAL_EXPIRATION/);
    assert.match(unknownOf(identity.answer.sessionAge), /STS does not tell the age of a session/);
  });

  it('projects a rotating key to the fields it names and no others', async () => {
    const { answer, outcome } = await lookAt('rotating');
    const { fipsEndpoint: _, endpoint: __, requests, policy, ...rest } = answer;
    assert.equal(outcome, 'answered');
    assert.deepEqual(rest, {
      arn: made.rotating,
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      enabled: true,
      keyState: 'Enabled',
      pendingDeletion: false,
      keyManager: 'CUSTOMER',
      origin: 'AWS_KMS',
      keySpec: 'SYMMETRIC_DEFAULT',
      multiRegion: false,
      rotationEnabled: true,
      grants: [
        {
          grantee: 'arn:aws-us-gov:iam::123456789012:role/reader',
          granteeOf: 'account',
          operations: ['Decrypt', 'GenerateDataKey'],
          constrained: true,
        },
      ],
      aliases: ['alias/model', 'alias/model-again'],
      tags: [
        { key: 'owner', value: 'records' },
        { key: 'system', value: 'chat' },
      ],
    });
    assert.equal((policy as { Statement: { Action: string }[] }).Statement[0]?.Action, 'kms:*');
    assert.deepEqual(Object.keys(requests as object), [
      'GetKeyPolicy',
      'GetKeyRotationStatus',
      'ListAliases',
      'ListGrants',
      'ListResourceTags',
    ]);
  });

  for (const [name, expected] of [
    ['still', { rotationEnabled: false, enabled: true }],
    ['disabled', { keyState: 'Disabled', enabled: false }],
    ['dying', { keyState: 'PendingDeletion', pendingDeletion: true, enabled: false }],
    ['many regions', { multiRegion: true }],
    ['signing', { keySpec: 'ECC_NIST_P384', rotationEnabled: false }],
  ] as const) {
    it(`sees the key: ${name}`, async () => {
      const { answer } = await lookAt(name);
      for (const [field, value] of Object.entries(expected)) assert.equal(answer[field], value, field);
    });
  }

  it('knows one key by its id, its alias and its ARN', async () => {
    const arn = made.rotating ?? '';
    const keys = (await look(arn, 'alias/model', arn.split('/')[1] ?? '', made.still ?? '')).slice(1);
    assert.deepEqual(
      keys.map(({ answer }) => answer.arn),
      [arn, made.still].sort(),
    );
  });

  it('finds the customer’s keys by their aliases, each once, and says what it listed', async () => {
    const [, listing, ...keys] = await look();
    assert.equal(listing?.probe, 'kms-aliases');
    assert.equal(listing?.answer.keys, 2);
    assert.deepEqual(
      keys.map(({ answer }) => answer.arn),
      [made.rotating, made.still].sort(),
    );
  });

  it('says what is missing', async () => {
    const [, key] = await look('alias/nowhere');
    assert.equal(key?.outcome, 'missing');
    assert.equal(key?.subject, 'alias/nowhere');
    assert.match(key?.detail ?? '', /something for kms:DescribeKey on alias\/nowhere to find \(NotFoundException\)/);
    assert.deepEqual(key?.answer, {});
  });

  it('stops at the wrong account, before keys, without printing either account', async () => {
    await assert.rejects(
      observe({ ...govWest, keys: [], account: '999999999999', endpoint: endpoint(), now: noon }),
      (error: Error & { code?: string; exit?: string }) =>
        error.code === 'RAMPART_WRONG_ACCOUNT' && error.exit === 'outside' && !/\d{5}/.test(error.message),
    );
    const right = await observe({
      ...govWest,
      keys: ['alias/model'],
      account: '123456789012',
      endpoint: endpoint(),
      now: noon,
    });
    assert.equal(right.length, 2);
  });

  it('keeps no credential and no name of a grant in what it hands back', async () => {
    const text = JSON.stringify(await look());
    assert.ok(!text.includes('not to be shown'));
    for (const secret of [secrets.AWS_SECRET_ACCESS_KEY, secrets.AWS_SESSION_TOKEN]) assert.ok(!text.includes(secret));
  });
});

const unknownOf = (value: unknown): string => String((value as { $unknown?: unknown }).$unknown);
