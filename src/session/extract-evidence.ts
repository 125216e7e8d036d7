import { defaultLimits, filesOf, parseTrustPolicy, stampReader, verifyBundle } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { readBytes } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';

/** Writes a bundle's files below a folder, once it is whole; with a trust policy only when it is verified. */
export async function extractEvidence(
  path: string,
  { out, trust, force }: { out: string; trust?: string | undefined; force: boolean },
): Promise<{ written: readonly string[]; identity: string }> {
  const source = await readBundle(path, defaultLimits);
  const trustPolicy = trust ? parseTrustPolicy(await readBytes(trust, { maxBytes: 1024 * 1024 })) : undefined;
  const { level, identity, problems } = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
    trustPolicy,
  });
  if (level === 'not-trusted' || identity === undefined) {
    throw new RampartError('RAMPART_BUNDLE_NOT_TRUSTED', `${path} is not to be relied on; nothing was written`, {
      exit: 'untrusted',
      next: 'rampart evidence verify says which check failed.',
      problems,
    });
  }
  return { written: await writeWhole(filesOf(source), { root: out, force }), identity };
}
