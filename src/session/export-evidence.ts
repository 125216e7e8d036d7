import { basename, dirname } from 'node:path';
import {
  attestationPath,
  defaultLimits,
  parseEnvelope,
  readMember,
  sigstoreBundle,
  stampReader,
  verdictPath,
  verifyBundle,
} from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { loadTrust } from './trust.js';

interface ExportOptions {
  trust: string;
  statement: string;
  out: string;
  force: boolean;
}

/** Writes one statement of a verified bundle in Sigstore's format. */
export async function exportSigstore(
  path: string,
  { trust, statement, out, force }: ExportOptions,
): Promise<readonly string[]> {
  const source = await readBundle(path, defaultLimits);
  const trustPolicy = await loadTrust(trust);
  const { level, signedBy, problems } = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
    trustPolicy,
  });
  const envelope = readMember(source, statement === 'verdict' ? verdictPath : attestationPath);
  if (level !== 'verified' || envelope === undefined) {
    throw new RampartError('RAMPART_BUNDLE_NOT_TRUSTED', `${path} is not verified, or carries no such statement`, {
      exit: 'untrusted',
      next: 'rampart evidence verify says which check failed.',
      problems,
    });
  }
  const keys = trustPolicy.keys.filter(({ keyid }) => signedBy.includes(keyid));
  const bytes = sigstoreBundle(parseEnvelope(envelope), keys);
  return writeWhole([{ path: basename(out), bytes }], { root: dirname(out), force });
}
