import { RampartError } from '#model/error.js';
import { type BundleSource, readTree } from './contents.js';
import { encodeEnvelope, mostSignatures, parseEnvelope } from './dsse.js';
import { attestationPath, verdictPath } from './manifest.js';
import { type BundleFile, byPath } from './member-path.js';
import { type Signer, signPayload } from './sign.js';
import { stampReader } from './stamp-reader.js';
import { defaultLimits, type Limits, writeUstar } from './ustar.js';
import { verifyBundle } from './verify.js';

export interface Cosigned {
  /** SHA-256 of manifest.json, as before. */
  identity: string;
  /** The envelopes with one signature more. */
  changed: readonly BundleFile[];
  /** The archive form. */
  archive: Uint8Array;
}

/** Adds a signature to every statement of a bundle that is whole and holds today. Nothing else of it changes. */
export const cosign = async (
  source: BundleSource,
  signer: Signer,
  { now, limits = defaultLimits }: { now: Date; limits?: Limits },
): Promise<Cosigned> => {
  const { level, identity, manifest, statement, problems } = verifyBundle(source, {
    now,
    limits,
    readStamp: await stampReader(source),
  });
  if (level !== 'intact' || !statement || !manifest || identity === undefined) {
    throw refuse('the bundle is not whole, or carries no signed statement; nothing was signed', problems);
  }
  const { files } = readTree(source, limits);
  const changed: BundleFile[] = [];
  for (const path of [attestationPath, verdictPath]) {
    const bytes = files.get(path);
    if (bytes === undefined) continue;
    const envelope = parseEnvelope(bytes);
    if (envelope.signatures.some(({ keyid }) => keyid === signer.keyid)) {
      throw refuse(`${path} carries a signature of this key already; nothing was signed`);
    }
    if (envelope.signatures.length >= mostSignatures)
      throw refuse(`${path} carries ${mostSignatures} signatures already`);
    const { signatures } = await signPayload(envelope.payloadType, envelope.payload, [signer]);
    const all = [...envelope.signatures, ...signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
    changed.push({ path, bytes: encodeEnvelope({ ...envelope, signatures: all }) });
  }
  const whole = [...new Map([...files, ...changed.map(({ path, bytes }) => [path, bytes] as const)])]
    .map(([path, bytes]) => ({ path, bytes }))
    .sort(byPath);
  return { identity, changed, archive: writeUstar(whole, manifest.sourceDateEpoch) };
};

const refuse = (message: string, problems: readonly { message: string }[] = []): RampartError =>
  new RampartError('RAMPART_NOT_COSIGNED', message, {
    exit: 'untrusted',
    next: 'See what rampart evidence verify says of the bundle.',
    problems,
  });
