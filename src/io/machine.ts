import { getFips, randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './system-error.js';

export interface Machine {
  node: string;
  openssl: string;
  platform: string;
  /** Whether OpenSSL is told to use its FIPS provider only. That the provider is a validated one is for its certificate to say. */
  fips: boolean;
}

export const machine = (): Machine => ({
  node: process.versions.node,
  openssl: process.versions.openssl,
  platform: `${process.platform} ${process.arch}`,
  fips: getFips() === 1,
});

/** Whether a file can be made in a folder, by making one: permission bits do not tell of read-only disks. Undefined when it can. */
export function writeRefusal(folder: string): string | undefined {
  const path = join(folder, `.rampart-${randomBytes(8).toString('hex')}.tmp`);
  try {
    writeFileSync(path, '', { flag: 'wx' });
    rmSync(path);
    return undefined;
  } catch (error) {
    return codeOf(error) ?? 'unknown error';
  }
}
