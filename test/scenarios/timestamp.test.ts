import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { Authority, bodyOf, hasOpenssl, withServer } from '../evidence/authority.js';
import { Desk, program, type Said } from './command-line.js';

describe('a bundle with a timestamp', function () {
  this.timeout(120_000);
  let desk: Desk;
  let tsa: Authority;
  const bundle = 'chat.evb.tar';

  before(function () {
    if (!hasOpenssl) {
      process.stdout.write('      skipped: openssl is not installed\n');
      this.skip();
    }
    desk = new Desk();
    tsa = new Authority();
    for (const name of ['tsa', 'ca', 'other']) desk.write(`${name}.pem`, tsa.pem(name));
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    const made = desk.rampart(['evidence', 'create', 'deploy', '--key', 'rampart.key.pem', '--out', bundle]);
    assert.equal(made.exit, 0, made.stderr);
    const policy = JSON.parse(desk.read('rampart.trust.json'));
    for (const name of ['tsa', 'other']) {
      const timestamps = { required: true, certificates: [tsa.pem(name)] };
      desk.write(`${name}.trust.json`, JSON.stringify({ ...policy, timestamps }));
    }
  });
  after(() => {
    desk?.clear();
    tsa?.close();
  });

  it('is not wanted in vain of a verdict by itself', () => {
    const attested = ['check', 'deploy', '--attest', 'v.json', '--key', 'rampart.key.pem'];
    assert.equal(desk.rampart(attested).exit, 0);
    const { exit, stdout } = desk.rampart(['evidence', 'verify', 'v.json', '--trust', 'tsa.trust.json']);
    assert.equal(exit, 5);
    assert.match(stdout, /the trust policy wants one, and no timestamp stands beside a verdict by itself/);
  });

  /** The command while an authority answers on this machine. */
  const stamp = (args: readonly string[], listener: RequestListener = granted): Promise<Said> =>
    withServer(listener, async (url) => {
      const run = spawn(process.execPath, [program, 'evidence', 'timestamp', bundle, '--tsa', url, ...args], {
        cwd: desk.folder,
      });
      const said = { stdout: '', stderr: '' };
      run.stdout.on('data', (text) => (said.stdout += text));
      run.stderr.on('data', (text) => (said.stderr += text));
      const [exit] = await once(run, 'close');
      return { exit, ...said };
    });
  const granted: RequestListener = async (request, response) => {
    const answer = tsa.answer(await bodyOf(request));
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
  };
  const verify = (policy: string, ...more: string[]) =>
    desk.rampart(['evidence', 'verify', bundle, '--trust', policy, ...more]);

  it('is made once, verified offline and refused by whoever trusts another authority', async () => {
    assert.equal(verify('tsa.trust.json').exit, 5);
    const before = desk.read(bundle);
    const nobody = await stamp([]);
    assert.equal(nobody.exit, 2);
    assert.match(nobody.stderr, /--tsa-ca/);
    const stranger = await stamp(['--tsa-ca', 'other.pem']);
    assert.equal(stranger.exit, 5);
    assert.match(stranger.stderr, /not pinned/);
    const away = await stamp(['--tsa-ca', 'ca.pem'], (_, response) => response.writeHead(302, { location: '/' }).end());
    assert.equal(away.exit, 6);
    assert.equal(desk.read(bundle), before, 'nothing was written');

    const made = await stamp(['--tsa-ca', 'ca.pem', '--hash', 'sha384']);
    assert.equal(made.exit, 0, made.stderr);
    const good = verify('tsa.trust.json', '--json');
    assert.equal(good.exit, 0, good.stderr);
    const { level, identity, timestamps } = JSON.parse(good.stdout);
    assert.deepEqual([level, identity, timestamps.length], ['verified', made.stdout.trim(), 1]);
    assert.match(verify('tsa.trust.json').stdout, new RegExp(`timestamp +ok .* at ${timestamps[0].time}`));
    const other = verify('other.trust.json');
    assert.equal(other.exit, 5);
    assert.match(other.stdout, /timestamp +FAILED/);
    assert.equal(verify('rampart.trust.json').exit, 0);

    const again = await stamp(['--trust', 'tsa.trust.json']);
    assert.equal(again.exit, 5);
    assert.match(again.stderr, /has a timestamp already/);
    for (const args of [
      ['show', bundle],
      ['extract', bundle, '--out', 'out', '--trust', 'tsa.trust.json'],
    ]) {
      const { exit, stderr } = desk.rampart(['evidence', ...args]);
      assert.equal(exit, 0, stderr);
    }
  });
});
