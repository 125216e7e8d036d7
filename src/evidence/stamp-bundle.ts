import type { X509Certificate } from 'node:crypto';
import { RampartError } from '#model/error.js';
import { assertPinnedAuthority, assertStampOf } from './check-stamps.js';
import { type BundleSource, readTree } from './contents.js';
import { parseEnvelope } from './dsse.js';
import { attestationPath } from './manifest.js';
import { type BundleFile, byPath } from './member-path.js';
import { stampPath } from './stamp-path.js';
import { stampReader } from './stamp-reader.js';
import { defaultLimits, type Limits, writeUstar } from './ustar.js';
import { verifyBundle } from './verify.js';

/** A signature that has no timestamp yet. */
export interface Unstamped {
  keyid: string;
  sig: Uint8Array;
}

/** The signatures of a bundle that still want a timestamp; throws unless it is whole and some signature does. */
export const stampable = async (
  source: BundleSource,
  { now, limits = defaultLimits }: { now: Date; limits?: Limits },
): Promise<{ identity: string; sourceDateEpoch: number; signatures: readonly Unstamped[] }> => {
  const readStamp = await stampReader(source);
  const { level, identity, manifest, problems } = verifyBundle(source, { now, limits, readStamp });
  const { files } = readTreeOr(source, limits);
  const bytes = files.get(attestationPath);
  if (level !== 'intact' || bytes === undefined || manifest === undefined || identity === undefined) {
    throw refuse('the bundle is not whole, or carries no signed statement; no timestamp was asked for', problems);
  }
  const signatures = parseEnvelope(bytes).signatures.filter(({ keyid }) => !files.has(stampPath(keyid)));
  if (signatures.length === 0) throw refuse('every signature of the bundle has a timestamp already');
  return { identity, sourceDateEpoch: manifest.sourceDateEpoch, signatures };
};

const readTreeOr = (source: BundleSource, limits: Limits): { files: ReadonlyMap<string, Uint8Array> } => {
  try {
    return readTree(source, limits);
  } catch {
    // What is wrong with it stands in the problems of the verification.
    return { files: new Map() };
  }
};

/** A token as it was kept from an answer, by whom it must be and over what. */
export interface Answered extends Unstamped {
  token: Uint8Array;
}

/** The bundle with these timestamps, once each was judged as a verifier will judge it. */
export const stamped = async (
  source: BundleSource,
  answers: readonly Answered[],
  {
    pins,
    now,
    sourceDateEpoch,
    limits = defaultLimits,
  }: {
    pins: readonly X509Certificate[];
    now: Date;
    sourceDateEpoch: number;
    limits?: Limits;
  },
): Promise<{ added: readonly BundleFile[]; archive: Uint8Array; times: readonly string[] }> => {
  const { readStamp } = await import('./stamp-token.js');
  const times = answers.map(({ token, sig }) => {
    const stamp = readStamp(token);
    assertStampOf(stamp, sig, now);
    assertPinnedAuthority(stamp, pins, now);
    return stamp.time.toISOString();
  });
  const added = answers.map(({ keyid, token }) => ({ path: stampPath(keyid), bytes: token }));
  const whole = [...readTree(source, limits).files].map(([path, bytes]) => ({ path, bytes }));
  const files = [...whole, ...added].sort(byPath);
  const { level, problems } = verifyBundle({ files }, { now, limits, readStamp });
  if (level !== 'intact') throw refuse('the bundle would not verify with the timestamp; nothing was written', problems);
  return { added, archive: writeUstar(files, sourceDateEpoch), times };
};

const refuse = (message: string, problems: readonly { message: string }[] = []): RampartError =>
  new RampartError('RAMPART_NOT_STAMPED', message, {
    exit: 'untrusted',
    next: 'See what rampart evidence verify says of the bundle.',
    problems,
  });
