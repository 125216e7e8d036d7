import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasOpenssl = spawnSync('openssl', ['ts', '-help']).status === 0;

const config = `[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384
accuracy = secs:1
ess_cert_id_alg = sha256
`;

const purpose = 'extendedKeyUsage=critical,timeStamping';

/** Certificates and answers of `openssl ts`, in a folder of its own. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'rampart-tsa-'));

  constructor() {
    writeFileSync(join(this.folder, 'tsa.cnf'), config);
    writeFileSync(join(this.folder, 'serial'), '01\n');
    this.#selfSigned('ca', ['-addext', 'basicConstraints=critical,CA:TRUE']);
    this.#selfSigned('other', ['-addext', 'basicConstraints=critical,CA:TRUE']);
    this.issue('tsa', purpose);
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A certificate under the authority. `days` below one has expired already. */
  issue(name: string, extension: string, days = 30, key = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']): void {
    const subject = ['-newkey', ...key, '-nodes', '-keyout', `${name}.key`, '-subj', `/CN=${name}`];
    this.#run(['req', '-new', ...subject, '-out', `${name}.csr`]);
    writeFileSync(join(this.folder, `${name}.ext`), `basicConstraints=critical,CA:FALSE\n${extension}\n`);
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    this.#run(['x509', '-req', '-in', `${name}.csr`, ...by, '-days', `${days}`, '-out', `${name}.pem`]);
  }

  pem(name: string): string {
    return readFileSync(join(this.folder, `${name}.pem`), 'utf8');
  }

  /** What `openssl ts` answers to a query. */
  answer(query: Uint8Array, name = 'tsa'): Buffer {
    writeFileSync(join(this.folder, 'query.tsq'), query);
    const by = ['-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-signer', `${name}.pem`, '-inkey', `${name}.key`];
    this.#run(['ts', '-reply', ...by, '-out', 'answer.tsr']);
    return readFileSync(join(this.folder, 'answer.tsr'));
  }

  /** A token for what a good token says, as `openssl ts` would sign it if it looked at no purpose. */
  signedByHand(info: Uint8Array, name: string): Buffer {
    writeFileSync(join(this.folder, 'info.der'), info);
    const form = ['-cades', '-binary', '-nodetach', '-nosmimecap', '-outform', 'DER', '-md', 'sha256'];
    const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4'];
    const by = ['-signer', `${name}.pem`, '-inkey', `${name}.key`, '-in', 'info.der', '-out', 'hand.der'];
    this.#run(['cms', '-sign', ...form, ...type, ...by]);
    return readFileSync(join(this.folder, 'hand.der'));
  }

  #selfSigned(name: string, extra: readonly string[]): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    this.#run(['req', '-x509', ...key, '-subj', `/CN=${name}`, '-days', '30', ...extra, '-out', `${name}.pem`]);
  }

  #run(command: readonly string[]): void {
    execFileSync('openssl', command, { cwd: this.folder, stdio: 'pipe' });
  }
}

/** Has `work` done while a server answers on this machine. */
export async function withServer<T>(listener: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};
