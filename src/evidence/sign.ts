import { createHash, createPublicKey } from 'node:crypto';
import { RampartError } from '#model/error.js';
import { type Algorithm, algorithmsOf, hashes, makeSignature, verifySignature } from './algorithm.js';
import { type Envelope, type EnvelopeSignature, pae } from './dsse.js';
import { parsePrivateKey, parsePublicKey } from './key.js';

/** Something that can sign: a key in a file, or one in a key service that never gives it out. */
export interface Signer {
  /** Lower-case hex SHA-256 of the DER form of the public key. */
  keyid: string;
  algorithm: Algorithm;
  /** SubjectPublicKeyInfo. What it signs is verified with this before it is written. */
  publicKeyPem: string;
  /** Signs the pre-authentication encoding (a service is given its hash, never the bytes). ECDSA answers in DER. */
  sign(pae: Uint8Array): Promise<Uint8Array>;
}

/** A signer that holds a PKCS#8 PEM key in memory. */
export const localSigner = (privateKeyPem: string, passphrase?: string): Signer => {
  const { key, public: own } = parsePrivateKey(privateKeyPem, passphrase);
  return {
    keyid: own.keyid,
    algorithm: own.algorithm,
    publicKeyPem: own.pem,
    sign: async (bytes) => makeSignature(key, own.algorithm, bytes),
  };
};

/** A key that never leaves the service it is in. */
export interface RemoteKey {
  /** SubjectPublicKeyInfo in DER. */
  publicKey: Uint8Array;
  /** Signs what was hashed here already. */
  signDigest(algorithm: Algorithm, digest: Uint8Array): Promise<Uint8Array>;
}

/** The public half of a remote key; `algorithm` chooses among those an RSA key can be used for. */
export const remotePublicKey = ({ publicKey }: RemoteKey, algorithm?: Algorithm) => {
  let pem: string;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    pem = key.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    throw wrongSignature('the key service answered with a public key that is none');
  }
  return parsePublicKey(pem, algorithm);
};

/** A signer whose key is in a service: the service is given a digest, and what it answers is verified here. */
export const remoteSigner = (remote: RemoteKey, algorithm?: Algorithm): Signer => {
  const own = remotePublicKey(remote, algorithm);
  const hash = hashes[own.algorithm];
  return {
    keyid: own.keyid,
    algorithm: own.algorithm,
    publicKeyPem: own.pem,
    sign: async (bytes) => {
      const digest = createHash(hash).update(bytes).digest();
      const signature = await remote.signDigest(own.algorithm, digest);
      // A service that takes the digest for the message signs the hash of a hash, which nobody could verify.
      if (verifySignature(own.key, own.algorithm, digest, signature)) {
        throw wrongSignature('the key service hashed the digest once more: it ignores that it was given one');
      }
      return signature;
    },
  };
};

const signOnce = async (signer: Signer, bytes: Uint8Array): Promise<EnvelopeSignature> => {
  const own = parsePublicKey(signer.publicKeyPem);
  if (own.keyid !== signer.keyid || !algorithmsOf(own.key).includes(signer.algorithm)) {
    throw wrongSignature(`the signer ${signer.keyid} does not fit its own public key`);
  }
  const sig = await signer.sign(bytes);
  if (!verifySignature(own.key, signer.algorithm, bytes, sig)) {
    throw wrongSignature(`the signature of ${signer.keyid} does not verify with its public key`);
  }
  return { keyid: own.keyid, sig };
};

/** Signs a payload with every signer and verifies each signature before returning. Signatures are in order of key id. */
export const signPayload = async (
  payloadType: string,
  payload: Uint8Array,
  signers: readonly Signer[],
): Promise<Envelope> => {
  if (new Set(signers.map((signer) => signer.keyid)).size !== signers.length) {
    throw wrongSignature('one key was given twice; a threshold counts keys, not signatures');
  }
  const bytes = pae(payloadType, payload);
  const signatures = await Promise.all(signers.map((signer) => signOnce(signer, bytes)));
  signatures.sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
  return { payloadType, payload, signatures };
};

const wrongSignature = (message: string): RampartError =>
  new RampartError('RAMPART_SIGNATURE_WRONG', message, {
    exit: 'untrusted',
    next: 'Nothing was written. Check which key the signer uses, then seal again.',
  });
