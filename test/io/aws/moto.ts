import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { after, before } from 'mocha';

const digestServer = fileURLToPath(new URL('moto-digest.py', import.meta.url));

/**
 * A moto server on a free port for the tests of one `describe`, which are skipped where moto is not installed. As it comes it
 * hashes a digest once more; `digest` has it sign one as it is, as KMS does.
 */
export function motoServer({ digest = false } = {}): () => string {
  let server: ChildProcess | undefined;
  let endpoint = '';
  before('start moto_server', async function () {
    this.timeout(60_000);
    const port = await freePort();
    const where = ['-H', '127.0.0.1', '-p', String(port)];
    server = digest
      ? spawn('python3', [digestServer, ...where], { stdio: 'ignore' })
      : spawn('moto_server', where, { stdio: 'ignore' });
    const gone = Promise.race([
      once(server, 'error').then(() => 'absent'),
      once(server, 'exit').then(([code]) => (code === 127 ? 'absent' : `ended with ${code}`)),
    ]);
    endpoint = `http://127.0.0.1:${port}`;
    const outcome = await Promise.race([gone, answers(`${endpoint}/moto-api/`)]);
    if (outcome === 'absent') {
      process.stdout.write('    skipped: moto_server is not installed (pip install "moto[server]")\n');
      this.skip();
    }
    if (outcome !== 'answers') throw new Error(`moto_server ${outcome}`);
  });
  after('stop moto_server', () => {
    server?.kill('SIGTERM');
  });
  return () => endpoint;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(url: string): Promise<string> {
  for (let tries = 0; tries < 250; tries += 1) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return 'answers';
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return 'did not answer';
}
