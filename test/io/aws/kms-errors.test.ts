import assert from 'node:assert/strict';
import { observe } from '#io/aws/observe.js';
import type { RampartError } from '#model/error.js';
import { liveCalls } from '#model/live-call.js';
import type { Observation } from '#model/observation.js';
import { awsEnvironment, govWest, noon, secrets } from './credentials.js';
import { arn, error, FaultServer, json, keyPolicy, metadata, queryError, type Replies, well } from './fault-server.js';

/** Calls of every probe; those about stacks are made only where one is named. */
const ofKeys = Object.keys(liveCalls).filter((action) => !action.startsWith('cloudformation:'));

describe('each fault of the service has its own words', function () {
  this.timeout(60_000);
  awsEnvironment({ ...secrets });
  const server = new FaultServer();
  before(() => server.start());
  after(() => server.stop());

  const look = async (given: Replies, keys: readonly string[] = [arn]): Promise<readonly Observation[]> => {
    server.replies = { ...well, ...given };
    server.calls = [];
    return observe({ ...govWest, keys, endpoint: server.endpoint, now: noon });
  };

  for (const [status, name, outcome, words] of [
    [403, 'AccessDeniedException', 'denied', /^permission kms:DescribeKey on arn:\S+ \(AccessDeniedException\)$/],
    [400, 'NotFoundException', 'missing', /^something for kms:DescribeKey on arn:\S+ to find/],
    [400, 'InvalidArnException', 'missing', /^something for kms:DescribeKey/],
    [400, 'KMSInvalidStateException', 'failed', /^a key in a state that answers .*look at the state of the key$/],
    [400, 'DisabledException', 'failed', /^a key in a state that answers/],
    [400, 'ThrottlingException', 'failed', /that is not throttled .*after 3 attempts\); probe again later/],
    [429, 'Odd', 'failed', /that is not throttled \(Odd, HTTP 429/],
    [500, 'KMSInternalException', 'failed', /from a service that is well .*HTTP 500/],
    [503, 'DependencyTimeoutException', 'failed', /from a service that is well .*HTTP 503/],
    [
      400,
      'ValidationException',
      'failed',
      /^an answer to kms:DescribeKey on arn:\S+ \(ValidationException, HTTP 400\)$/,
    ],
    [418, 'Teapot', 'failed', /\(Teapot, HTTP 418\)$/],
  ] as const) {
    it(`${status} ${name}`, async () => {
      const [, seen] = await look({ DescribeKey: error(status, name, { message: Object.values(secrets).join(' ') }) });
      assert.equal(seen?.outcome, outcome);
      assert.match(seen?.detail ?? '', words);
      for (const secret of Object.values(secrets)) assert.ok(!JSON.stringify(seen).includes(secret));
      assert.deepEqual(seen?.answer, {});
    });
  }

  it('leaves open what one call was refused, with the permission for it', async () => {
    const field: Readonly<Record<string, string>> = {
      GetKeyPolicy: 'policy',
      GetKeyRotationStatus: 'rotationEnabled',
      ListAliases: 'aliases',
      ListGrants: 'grants',
      ListResourceTags: 'tags',
    };
    const calls = ofKeys.map((action) => action.split(':')[1] as string);
    assert.deepEqual(
      Object.keys(field),
      calls.filter((call) => !/^(DescribeKey|GetCallerIdentity)$/.test(call)),
    );
    for (const [call, name] of Object.entries(field)) {
      const [, seen] = await look({ [call]: error(400, 'AccessDeniedException') });
      const open = { $unknown: `permission kms:${call} on ${arn} (AccessDeniedException)` };
      assert.deepEqual(seen?.answer[name], open);
      const others = Object.entries(seen?.answer ?? {}).filter(([, value]) =>
        JSON.stringify(value).includes('permission'),
      );
      assert.deepEqual(
        others.map(([key]) => key).filter((key) => key !== 'rotationPeriodInDays'),
        [name],
      );
    }
  });

  for (const [status, name] of [
    [429, 'TooManyRequestsException'],
    [400, 'ThrottlingException'],
    [500, 'KMSInternalException'],
  ] as const) {
    it(`tries again through a burst of ${status} ${name}`, async () => {
      let refused = 0;
      const burst = (call: string) => () => {
        refused += 1;
        const answer = well[call];
        return refused <= 2 || typeof answer !== 'object' ? error(status, name) : answer;
      };
      const [caller, seen] = await look({ DescribeKey: burst('DescribeKey') });
      assert.deepEqual([caller?.outcome, seen?.outcome, refused], ['answered', 'answered', 3]);
    });
  }

  it('takes no document that is none for a policy', async () => {
    for (const Policy of ['', 'nothing', '[]', '"text"', 'null', undefined]) {
      const [, seen] = await look({ GetKeyPolicy: json({ Policy }) });
      assert.deepEqual(seen?.answer.policy, { $unknown: 'an answer to kms:GetKeyPolicy that is a policy document' });
    }
    const [, seen] = await look({});
    assert.deepEqual(seen?.answer.policy, keyPolicy);
  });

  it('follows the pages of grants and tags, and says when a list breaks off', async () => {
    const grant = (name: string) => ({ GranteePrincipal: name, Operations: ['Decrypt'], GrantToken: 'secret-token' });
    const paged: Replies = {
      ListGrants: (_, body) =>
        (JSON.parse(body) as { Marker?: string }).Marker === 'two'
          ? json({ Grants: [grant('a')], Truncated: false })
          : json({ Grants: [grant('b')], Truncated: true, NextMarker: 'two' }),
      ListResourceTags: json({ Tags: [{ TagKey: '__proto__', TagValue: 'x' }], Truncated: true }),
    };
    const [, seen] = await look(paged);
    assert.ok(seen);
    assert.deepEqual(
      (seen.answer.grants as { grantee: string }[]).map(({ grantee }) => grantee),
      ['a', 'b'],
    );
    assert.ok(!JSON.stringify(seen).includes('secret-token'));
    const tags = { $unknown: 'an end of the list of kms:ListResourceTags, which is truncated and names no next page' };
    assert.deepEqual(seen?.answer.tags, tags);
  });

  it('sees replicas, material that expires and a day of deletion', async () => {
    const MultiRegionConfiguration = {
      MultiRegionKeyType: 'PRIMARY',
      ReplicaKeys: [{ Region: 'us-gov-east-1' }, { Region: 'us-east-1' }],
    };
    const times = { ValidTo: 1_800_000_000, DeletionDate: 1_790_000_000 };
    const KeyMetadata = { ...metadata, ...times, MultiRegion: true, Origin: 'EXTERNAL', MultiRegionConfiguration };
    const [, seen] = await look({ DescribeKey: json({ KeyMetadata }) });
    const { multiRegion, multiRegionType, replicaRegions, materialExpires, deletionDate } = seen?.answer ?? {};
    assert.deepEqual(
      { multiRegion, multiRegionType, replicaRegions, materialExpires, deletionDate },
      {
        multiRegion: true,
        multiRegionType: 'PRIMARY',
        replicaRegions: ['us-east-1', 'us-gov-east-1'],
        materialExpires: '2027-01-15T08:00:00.000Z',
        deletionDate: '2026-09-21T14:13:20.000Z',
      },
    );
  });

  it('says that the clock is wrong, not the credentials, when the answer’s date is far away', async () => {
    const minutes = (count: number) => ({ date: new Date(Date.now() + count * 60_000).toUTCString() });
    const refused = (count: number) => ({ ...queryError(403, 'SignatureDoesNotMatch'), headers: minutes(count) });
    for (const [count, words] of [
      [60, /60 minutes behind AWS's/],
      [-30, /30 minutes ahead of AWS's/],
    ] as const) {
      await assert.rejects(look({ GetCallerIdentity: refused(count) }), (thrown: RampartError) => {
        assert.deepEqual([thrown.code, thrown.exit], ['RAMPART_CLOCK_SKEW', 'outside']);
        assert.match(thrown.message, words);
        return true;
      });
    }
    await assert.rejects(look({ GetCallerIdentity: refused(1) }), { code: 'RAMPART_CREDENTIALS_REJECTED' });
    await assert.rejects(look({ GetCallerIdentity: queryError(403, 'ExpiredToken') }), {
      code: 'RAMPART_CREDENTIALS_REJECTED',
      message: /ExpiredToken/,
    });
  });

  it('asks nothing that the table of calls does not hold', async () => {
    await look({});
    const named = [...server.calls];
    await look({}, []);
    const asked = new Set([...named, ...server.calls]);
    const known = ofKeys.map((action) => action.split(':')[1]);
    assert.deepEqual([...asked].sort(), known.sort());
  });
});
