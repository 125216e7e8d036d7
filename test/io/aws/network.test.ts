import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observe } from '#io/aws/observe.js';
import type { Observation } from '#model/observation.js';
import { certificates } from '../certificates.js';
import { awsEnvironment, govWest, noon, secrets } from './credentials.js';
import { arn, FaultServer, well } from './fault-server.js';

const environment = (values: Readonly<Record<string, string | undefined>>): void => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'NO_PROXY', 'no_proxy', 'AWS_CA_BUNDLE']) {
    const value = values[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
};

describe('the way to the endpoint', function () {
  this.timeout(60_000);
  awsEnvironment({ ...secrets });
  const server = new FaultServer();
  const folder = mkdtempSync(join(tmpdir(), 'rampart-'));
  const saved = { ...process.env };
  const made = certificates(folder);
  let proxy: Server;
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();

  before(async function () {
    if (!made) {
      process.stdout.write('    skipped: openssl is not installed\n');
      this.skip();
    }
    await server.start({ key: made.key, cert: made.cert });
    proxy = createServer().on('connect', (request, socket: Socket) => {
      tunnels.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const there = connectTcp(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        there.pipe(socket).pipe(there);
      });
      for (const each of [socket, there]) {
        sockets.add(each);
        each.on('error', () => {});
      }
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  beforeEach(() => {
    environment({});
    server.replies = well;
    server.calls = [];
    tunnels.length = 0;
  });
  after(() => {
    environment(saved);
    for (const socket of sockets) socket.destroy();
    proxy?.close();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const look = (patience?: number, endpoint = server.endpoint): Promise<readonly Observation[]> =>
    observe({ ...govWest, keys: [arn], endpoint, now: noon, patience });
  const outcomes = (seen: readonly Observation[]) => seen.map(({ outcome }) => outcome);

  it('is refused when nobody vouches for the certificate', async () => {
    const seen = await look();
    assert.deepEqual(outcomes(seen), ['failed', 'failed']);
    assert.match(
      seen[1]?.detail ?? '',
      /^a TLS connection for kms:DescribeKey on .* that can be trusted \(\w+.*AWS_CA_BUNDLE$/,
    );
    assert.deepEqual(server.calls, []);
  });

  it('is taken with a private authority', async () => {
    environment({ AWS_CA_BUNDLE: made?.ca });
    assert.deepEqual(outcomes(await look()), ['answered', 'answered']);
  });

  it('names a bundle that is missing or holds no certificate', async () => {
    environment({ AWS_CA_BUNDLE: join(folder, 'nowhere.pem') });
    await assert.rejects(look(), { code: 'RAMPART_NOT_FOUND', message: /AWS_CA_BUNDLE/ });
    environment({ AWS_CA_BUNDLE: join(folder, 'names') });
    await assert.rejects(look(), { code: 'RAMPART_CA_BUNDLE', exit: 'usage' });
  });

  it('goes through the proxy, whose tunnel is held to the same certificates', async () => {
    const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as { port: number }).port}`;
    environment({ HTTPS_PROXY, AWS_CA_BUNDLE: made?.ca });
    const endpoint = `https://localhost:${server.port}`;
    const through = await look(undefined, endpoint);
    assert.deepEqual(outcomes(through), ['answered', 'answered'], JSON.stringify(through));
    assert.ok(tunnels.length >= 2 && tunnels.every((each) => each === `localhost:${server.port}`), tunnels.join());
    environment({ HTTPS_PROXY });
    const untrusted = await look(undefined, endpoint);
    assert.deepEqual(outcomes(untrusted), ['failed', 'failed']);
    assert.match(untrusted[1]?.detail ?? '', /that can be trusted/);
  });

  it('goes past the proxy where NO_PROXY says so', async () => {
    environment({ HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1', AWS_CA_BUNDLE: made?.ca });
    assert.deepEqual(outcomes(await look()), ['answered', 'answered']);
    environment({ HTTPS_PROXY: 'http://127.0.0.1:9', AWS_CA_BUNDLE: made?.ca });
    const [, seen] = await look();
    assert.match(seen?.detail ?? '', /^a way to the endpoint of kms:DescribeKey .*HTTPS_PROXY/);
  });

  it('refuses a proxy that is none, without repeating its password', async () => {
    environment({ HTTPS_PROXY: 'socks5://user:hunter2@proxy.example' });
    await assert.rejects(look(), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'RAMPART_BAD_PROXY');
      return !error.message.includes('hunter2');
    });
  });

  it('does not wait for an answer that never comes', async () => {
    environment({ AWS_CA_BUNDLE: made?.ca });
    server.replies = { ...well, DescribeKey: { status: 200, body: {}, after: 60_000 } };
    const [caller, seen] = await look(400);
    assert.deepEqual([caller?.outcome, seen?.outcome], ['answered', 'failed']);
    assert.match(seen?.detail ?? '', /^an answer to kms:DescribeKey on \S+ in time \(TimeoutError, after 3 attempts\)/);
  });

  for (const cut of ['before', 'within'] as const) {
    it(`survives a connection that is cut ${cut} the answer`, async () => {
      environment({ AWS_CA_BUNDLE: made?.ca });
      const answer = well.DescribeKey;
      assert.ok(typeof answer === 'object');
      server.replies = { ...well, DescribeKey: { ...answer, cut } };
      const [, seen] = await look(2_000);
      assert.equal(seen?.outcome, 'failed');
      assert.match(seen?.detail ?? '', /over a connection that holds \(ECONNRESET/);
    });
  }
});
