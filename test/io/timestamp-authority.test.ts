import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askTimestampAuthority } from '../../src/io/timestamp-authority.js';
import { bodyOf, withServer } from '../evidence/authority.js';
import { certificates } from './certificates.js';

const reply = { 'content-type': 'application/timestamp-reply' };
const ask = (listener: RequestListener, patience?: number) =>
  withServer(listener, (url) => askTimestampAuthority(url, Buffer.from('query'), patience ? { patience } : {}));
const refused = (message: RegExp) => ({ code: 'RAMPART_TSA_NO_ANSWER', exit: 'outside', message });

describe('asking a timestamp authority', () => {
  it('sends the query and gives the bytes of the answer', async () => {
    const answer = await ask(async (request, response) => {
      const { method, headers } = request;
      const said = `${method} ${headers['content-type']} ${await bodyOf(request)}`;
      response.writeHead(200, reply).end(said);
    });
    assert.equal(Buffer.from(answer).toString(), 'POST application/timestamp-query query');
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const elsewhere: RequestListener = (_, response) => {
      asked++;
      response.writeHead(307, { location: '/elsewhere', ...reply }).end();
    };
    await assert.rejects(ask(elsewhere), refused(/redirect \(307\)/));
    assert.equal(asked, 1);
  });

  it('takes no page, no error and no flood for an answer', async () => {
    const with200 =
      (type: string, body: Buffer | string): RequestListener =>
      (_, response) => {
        response.writeHead(200, { 'content-type': type }).end(body);
      };
    await assert.rejects(ask(with200('text/html', 'log in')), refused(/no timestamp/));
    await assert.rejects(
      ask((_, response) => response.writeHead(503, reply).end()),
      refused(/status 503/),
    );
    const flood = with200('application/timestamp-reply', Buffer.alloc(65 * 1024));
    await assert.rejects(ask(flood), refused(/more than 65536 bytes/));
  });

  it('waits no longer than it says, for the answer or for the rest of it', async () => {
    await assert.rejects(
      ask(() => {}, 100),
      refused(/no answer within 0.1 s/),
    );
    const half: RequestListener = (_, response) => void response.writeHead(200, reply).write('half');
    await assert.rejects(ask(half, 100), refused(/no answer within 0.1 s/));
  });

  it('says so when nobody is there, and of an address that is none', async () => {
    const closed = await withServer(
      () => {},
      async (url) => url,
    );
    await assert.rejects(
      askTimestampAuthority(closed, Buffer.from('q')),
      refused(/could not be reached \(ECONNREFUSED\)/),
    );
    for (const url of ['tsa.example', 'file:///etc/passwd', 'https://user:secret@tsa.example/']) {
      await assert.rejects(askTimestampAuthority(url, Buffer.from('q')), { code: 'RAMPART_TSA_URL', exit: 'usage' });
    }
  });

  it('goes through the proxy of the environment', async () => {
    const { http_proxy: before, NO_PROXY: except, no_proxy: others } = process.env;
    let tunnel = '';
    try {
      const { createServer } = await import('node:http');
      const proxy = createServer().on('connect', (request, socket) => {
        tunnel = request.url ?? '';
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      });
      await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
      const { port } = proxy.address() as { port: number };
      process.env.http_proxy = `http://127.0.0.1:${port}`;
      process.env.NO_PROXY = '';
      process.env.no_proxy = '';
      await assert.rejects(askTimestampAuthority('http://tsa.example/', Buffer.from('q')), { exit: 'outside' });
      proxy.closeAllConnections();
      proxy.close();
    } finally {
      for (const [name, value] of Object.entries({ http_proxy: before, NO_PROXY: except, no_proxy: others })) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    assert.equal(tunnel, 'tsa.example:80');
  });

  it('is asked over TLS only of a host somebody vouches for', async function () {
    const folder = mkdtempSync(join(tmpdir(), 'rampart-'));
    const { AWS_CA_BUNDLE: before } = process.env;
    const made = certificates(folder);
    if (!made) {
      process.stdout.write('    skipped: openssl is not installed\n');
      this.skip();
    }
    let asked = 0;
    const server = createSecureServer({ key: made.key, cert: made.cert }, (_, response) => {
      asked++;
      response.writeHead(200, reply).end('answer');
    });
    try {
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`;
      await assert.rejects(askTimestampAuthority(url, Buffer.from('q')), refused(/could not be reached \(\w+\)/));
      assert.equal(asked, 0);
      process.env.AWS_CA_BUNDLE = made.ca;
      assert.equal(Buffer.from(await askTimestampAuthority(url, Buffer.from('q'))).toString(), 'answer');
    } finally {
      if (before === undefined) delete process.env.AWS_CA_BUNDLE;
      else process.env.AWS_CA_BUNDLE = before;
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
