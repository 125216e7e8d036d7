import { basename, dirname } from 'node:path';
import {
  defaultLimits,
  encodeMonotonicState,
  parseMonotonicState,
  parseTrustPolicy,
  type Verification,
  verifyBundle,
} from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { listFiles } from '#io/list-files.js';
import { readBytes } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';

interface VerifyFlags {
  trust?: string | undefined;
  for?: string | undefined;
  state?: string | undefined;
}

const small = { maxBytes: 1024 * 1024 };

/**
 * Reads a bundle and verifies it by the wall clock: SOURCE_DATE_EPOCH must not make old evidence fresh. The state file
 * moves forward when the bundle is verified.
 */
export async function verifyEvidence(path: string, flags: VerifyFlags): Promise<Verification> {
  const limits = defaultLimits;
  const verification = verifyBundle(await readBundle(path, limits.archive), {
    now: wallClock(),
    limits,
    trustPolicy: flags.trust ? parseTrustPolicy(await readBytes(flags.trust, small)) : undefined,
    state:
      flags.state && listFiles([flags.state]).files.length > 0
        ? parseMonotonicState(await readBytes(flags.state, small))
        : undefined,
    artifactInHand: flags.for
      ? { path: flags.for, bytes: await readBytes(flags.for, { maxBytes: limits.file }) }
      : undefined,
  });
  if (flags.state && verification.level === 'verified' && verification.state) {
    const file = { path: basename(flags.state), bytes: encodeMonotonicState(verification.state) };
    await writeWhole([file], { root: dirname(flags.state), force: true });
  }
  return verification;
}
