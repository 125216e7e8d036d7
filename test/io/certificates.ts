import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fresh authority and a certificate of its making for 127.0.0.1; undefined where openssl is not installed. */
export function certificates(folder: string): { ca: string; key: string; cert: string } | undefined {
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (openssl('version').status !== 0) return undefined;
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const authority = ['-subj', '/CN=Private authority', '-keyout', 'ca.key', '-out', 'ca.pem'];
  const made = [
    openssl('req', '-x509', ...curve, ...authority),
    openssl('req', ...curve, '-subj', '/CN=127.0.0.1', '-keyout', 'host.key', '-out', 'host.csr'),
  ];
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  made.push(openssl('x509', '-req', '-in', 'host.csr', '-out', 'host.pem', ...signer));
  for (const { status, stderr } of made) assert.equal(status, 0, stderr);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { ca: join(folder, 'ca.pem'), key: read('host.key'), cert: read('host.pem') };
}
