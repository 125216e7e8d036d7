import { fromBase64, toBase64 } from './base64.js';
import { canonicalBytes, parseCanonical } from './canonical-json.js';
import { listAt, misshapen, objectAt, stringAt } from './shape.js';

/** A DSSE envelope (secure-systems-lab/dsse, envelope.md 1.0.2), decoded. */
export interface Envelope {
  payloadType: string;
  payload: Uint8Array;
  signatures: readonly EnvelopeSignature[];
}

export interface EnvelopeSignature {
  /** A hint. Nothing is trusted because of it. */
  keyid: string;
  /** DER. */
  sig: Uint8Array;
}

/** More signatures than any threshold needs would only cost time. */
export const mostSignatures = 16;

/**
 * Pre-authentication encoding: the bytes that are signed. It binds the type to the payload and leaves no way to move bytes
 * from one to the other.
 */
export const pae = (payloadType: string, payload: Uint8Array): Uint8Array =>
  Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `, 'utf8'),
    payload,
  ]);

/** Canonical JSON of an envelope. */
export const encodeEnvelope = (envelope: Envelope): Uint8Array =>
  canonicalBytes({
    payload: toBase64(envelope.payload),
    payloadType: envelope.payloadType,
    signatures: envelope.signatures.map(({ keyid, sig }) => ({ keyid, sig: toBase64(sig) })),
  });

/** Reads what `encodeEnvelope` writes, and no looser spelling: canonical JSON, strict base64, no other key, no key twice. */
export const parseEnvelope = (bytes: Uint8Array): Envelope => {
  const outer = objectAt(parseCanonical(bytes, 'the envelope'), '$', ['payload', 'payloadType', 'signatures']);
  const signatures = listAt(outer.signatures, '$.signatures', 1, mostSignatures).map((item, i) => {
    const at = `$.signatures[${i}]`;
    const { keyid, sig } = objectAt(item, at, ['keyid', 'sig']);
    return {
      keyid: stringAt(
        keyid,
        `${at}.keyid`,
        /^[0-9a-f]{64}$/,
        'a key id: the SHA-256 of a public key in lower-case hex',
      ),
      sig: fromBase64(stringAt(sig, `${at}.sig`, /./, 'base64'), `${at}.sig`),
    };
  });
  const seen = new Set(signatures.map((signature) => signature.keyid));
  if (seen.size !== signatures.length) throw misshapen('$.signatures', 'has two signatures of one key');
  return {
    payloadType: stringAt(outer.payloadType, '$.payloadType', /^[\x21-\x7e]{1,200}$/, 'a media type'),
    payload: fromBase64(stringAt(outer.payload, '$.payload', /./, 'base64'), '$.payload'),
    signatures,
  };
};

/** How many signatures an envelope has, for people. */
export const signaturesOf = ({ signatures }: Pick<Envelope, 'signatures'>): string =>
  `${signatures.length} ${signatures.length === 1 ? 'signature' : 'signatures'}`;
