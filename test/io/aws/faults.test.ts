import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { observe } from '#io/aws/observe.js';
import type { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import { awsEnvironment, govWest, noon, secrets } from './credentials.js';
import { arn, error, FaultServer, type Replies, type Reply, well } from './fault-server.js';

describe('observing an account that answers badly', function () {
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

  it('tells an assumed role', async () => {
    const [caller] = await look({});
    assert.equal(caller?.answer.userType, 'assumed-role');
    assert.equal('userId' in (caller?.answer ?? {}), false);
  });

  it('names the permission that was denied', async () => {
    for (const name of ['AccessDenied', 'AccessDeniedException']) {
      const [, seen] = await look({ DescribeKey: error(400, name, { message: 'User is not authorized' }) });
      assert.equal(seen?.outcome, 'denied');
      assert.equal(seen?.detail, `permission kms:DescribeKey on ${arn} (${name})`);
      assert.equal(seen?.requestId, 'request-1');
      assert.deepEqual(server.calls, ['GetCallerIdentity', 'DescribeKey']);
    }
  });

  it('keeps what one call said when another is denied, and leaves the rest open', async () => {
    const [, seen] = await look({ GetKeyRotationStatus: error(400, 'AccessDeniedException') });
    assert.equal(seen?.outcome, 'answered');
    assert.equal(seen?.answer.keyState, 'Enabled');
    const open = { $unknown: `permission kms:GetKeyRotationStatus on ${arn} (AccessDeniedException)` };
    assert.deepEqual([seen?.answer.rotationEnabled, seen?.answer.rotationPeriodInDays], [open, open]);
  });

  it('takes a key that cannot rotate by itself as one that does not', async () => {
    const [, seen] = await look({
      GetKeyRotationStatus: error(400, 'UnsupportedOperationException'),
    });
    assert.equal(seen?.answer.rotationEnabled, false);
  });

  it('tries again, and then says that the call failed', async () => {
    const [, seen] = await look({ DescribeKey: error(400, 'ThrottlingException') });
    assert.equal(seen?.outcome, 'failed');
    assert.match(
      seen?.detail ?? '',
      /^an answer to kms:DescribeKey on arn:\S+ that is not throttled \(ThrottlingException, HTTP 400, after 3 attempts\)/,
    );
    assert.equal(server.calls.filter((call) => call === 'DescribeKey').length, 3);
    const [, broken] = await look({ DescribeKey: error(500, 'KMSInternalException') });
    assert.equal(broken?.outcome, 'failed');
  });

  it('survives answers that are no answers', async () => {
    for (const body of ['<html>proxy</html>', {}, { KeyMetadata: null }, { KeyMetadata: {} }]) {
      const [, seen] = await look({ DescribeKey: { status: 200, body } });
      assert.equal(seen?.outcome, 'failed', JSON.stringify(body));
    }
    const [caller] = await look({ GetCallerIdentity: { status: 200, body: '<a/>' } });
    assert.equal(caller?.outcome, 'failed');
  });

  it('follows every page of aliases, asking about each key once', async () => {
    const alias = (name: string, target?: string) => ({ AliasName: `alias/${name}`, TargetKeyId: target });
    const pages = [
      { Aliases: [alias('aws/s3', 'theirs'), alias('aws/ebs'), alias('a', arn)], Truncated: true, NextMarker: 'two' },
      { Aliases: [alias('b', arn), alias('unused')], Truncated: false },
    ];
    const seen = await look({ ListAliases: () => ({ status: 200, body: pages.shift() ?? {} }) }, []);
    assert.deepEqual(
      seen.map(({ probe }) => probe),
      ['sts-identity', 'kms-aliases', 'kms-key'],
    );
    const { aliases, keys, pages: read } = seen[1]?.answer ?? {};
    assert.deepEqual({ aliases, keys, read }, { aliases: 5, keys: 1, read: 2 });
  });

  it('does not follow a list without end', async () => {
    const seen = await look({ ListAliases: { status: 200, body: { Truncated: true, NextMarker: 'again' } } }, []);
    assert.equal(seen[1]?.outcome, 'failed');
    assert.match(seen[1]?.detail ?? '', /went on after 500 pages/);
  });

  it('never takes an empty or a refused list for an account without faults', async () => {
    const [, none] = await look({ ListAliases: { status: 200, body: { Aliases: [] } } }, []);
    assert.deepEqual([none?.probe, none?.outcome], ['kms-key', 'missing']);
    const [, refused] = await look({ ListAliases: error(400, 'AccessDeniedException') }, []);
    assert.deepEqual([refused?.probe, refused?.outcome], ['kms-key', 'denied']);
    assert.equal(refused?.detail, 'permission kms:ListAliases (AccessDeniedException)');
  });

  it('ends when AWS does not accept the credentials, and repeats none of them', async () => {
    const echo = (request: IncomingMessage): Reply => ({
      status: 403,
      // As AWS does for a wrong signature: the canonical request, and with it the token, comes back in the message.
      body: `<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>${JSON.stringify(request.headers).replaceAll('<', '')}
        ${Object.values(secrets).join(' ')}</Message></Error></ErrorResponse>`,
    });
    await assert.rejects(look({ GetCallerIdentity: echo }), (thrown: RampartError) => {
      assert.deepEqual([thrown.code, thrown.exit], ['RAMPART_CREDENTIALS_REJECTED', 'outside']);
      assert.match(thrown.message, /SignatureDoesNotMatch/);
      const text = `${thrown.stack} ${thrown.message} ${thrown.next} ${JSON.stringify(thrown)} ${String(thrown.cause)}`;
      for (const secret of Object.values(secrets)) assert.ok(!text.includes(secret));
      return true;
    });
  });

  it('repeats no credential from any other refusal', async () => {
    const message = Object.values(secrets).join(' ');
    const seen = await look({
      DescribeKey: error(400, 'AccessDeniedException', { message }),
      GetCallerIdentity: {
        status: 400,
        body: `<ErrorResponse><Error><Code>Odd</Code><Message>${message}</Message></Error></ErrorResponse>`,
      },
    });
    const text = JSON.stringify(seen);
    for (const secret of Object.values(secrets)) assert.ok(!text.includes(secret));
    assert.deepEqual(
      seen.map(({ outcome }) => outcome),
      ['failed', 'denied'],
    );
  });

  it('says that the network failed', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, 'close');
    const seen = await observe({ ...govWest, keys: [arn], endpoint: `http://127.0.0.1:${port}`, now: noon });
    assert.deepEqual(
      seen.map(({ outcome }) => outcome),
      ['failed', 'failed'],
    );
    assert.match(seen[1]?.detail ?? '', /ECONNREFUSED/);
  });
});

describe('observing an account without credentials', function () {
  this.timeout(60_000);
  awsEnvironment({});

  it('says so, with the next step', () =>
    assert.rejects(observe({ ...govWest, keys: [], endpoint: 'http://127.0.0.1:9', now: noon }), {
      code: 'RAMPART_NO_CREDENTIALS',
      exit: 'outside',
      next: /aws sso login|AWS_PROFILE/,
    }));
});
