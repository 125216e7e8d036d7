import { RampartError } from '#model/error.js';
import { verifySignature } from './algorithm.js';
import { toBase64 } from './base64.js';
import { canonicalBytes } from './canonical-json.js';
import { type Envelope, pae } from './dsse.js';
import type { TrustedKey } from './trust-policy.js';

/** Sigstore's bundle format, version 0.3, with a public key that the verifier holds already. */
const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/**
 * An envelope as Sigstore's verifiers read it: one signature, by P-256 with SHA-256, which is all they verify of what evidence is
 * signed with. There is no certificate and no entry of a transparency log: nothing of it ever left the boundary.
 */
export const sigstoreBundle = (envelope: Envelope, keys: readonly TrustedKey[]): Uint8Array => {
  const bytes = pae(envelope.payloadType, envelope.payload);
  const able = keys.filter(({ algorithm }) => algorithm === 'ecdsa-p256-sha256');
  const signed = able.flatMap((key) => {
    const own = envelope.signatures.find(({ keyid }) => keyid === key.keyid);
    return own && verifySignature(key.key, key.algorithm, bytes, own.sig) ? [{ key, sig: own.sig }] : [];
  });
  const [first] = signed;
  if (first === undefined) {
    throw new RampartError(
      'RAMPART_SIGSTORE_KEY',
      'no pinned P-256 key signed it, and Sigstore verifies no other kind here',
      {
        exit: 'input',
        next: 'Add such a signature with rampart evidence sign; the others stay.',
      },
    );
  }
  return canonicalBytes({
    mediaType,
    verificationMaterial: { publicKey: { hint: toBase64(Buffer.from(first.key.keyid, 'hex')) } },
    dsseEnvelope: {
      payload: toBase64(envelope.payload),
      payloadType: envelope.payloadType,
      signatures: [{ sig: toBase64(first.sig) }],
    },
  });
};
