import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  verify as verifyWith,
} from 'node:crypto';
import { RampartError } from '#model/error.js';
import { sha256 } from './digest.js';

/**
 * What may sign a bundle. No Ed25519: OpenSSL 3.0 and 3.1 do not offer it as an approved algorithm of their FIPS provider.
 */
export type Algorithm = 'ecdsa-p256-sha256' | 'ecdsa-p384-sha384';

export const algorithms: readonly Algorithm[] = ['ecdsa-p256-sha256', 'ecdsa-p384-sha384'];

/** OpenSSL's names. The hash belongs to the algorithm, so it can't be chosen by whoever writes a signature. */
export const algorithmParts: Readonly<Record<Algorithm, { curve: string; hash: string }>> = {
  'ecdsa-p256-sha256': { curve: 'prime256v1', hash: 'sha256' },
  'ecdsa-p384-sha384': { curve: 'secp384r1', hash: 'sha384' },
};

export interface PublicKey {
  key: KeyObject;
  algorithm: Algorithm;
  /** Lower-case hex SHA-256 of the DER form of the SubjectPublicKeyInfo. */
  keyid: string;
  /** SubjectPublicKeyInfo. */
  pem: string;
}

/** The algorithm a key is for, from its curve. Throws on every other kind of key. */
export const algorithmOf = (key: KeyObject): Algorithm => {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const found = algorithms.find((name) => algorithmParts[name].curve === curve);
  if (found === undefined) {
    const kind = [key.asymmetricKeyType ?? 'unknown', curve].filter(Boolean).join(' ');
    throw badKey(`a key of the kind ${kind} can't sign evidence; use P-256 or P-384`);
  }
  return found;
};

/**
 * What stands before the two coordinates in the DER form (RFC 5480): named curve, uncompressed point. Any other spelling of
 * the same key would have another key id and count twice towards a threshold.
 */
const spkiHead: Readonly<Record<Algorithm, string>> = {
  'ecdsa-p256-sha256': '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  'ecdsa-p384-sha384': '3076301006072a8648ce3d020106052b8104002203620004',
};

const publicKeyOf = (key: KeyObject): PublicKey => {
  const algorithm = algorithmOf(key);
  const der = key.export({ type: 'spki', format: 'der' });
  if (!der.toString('hex').startsWith(spkiHead[algorithm])) {
    throw badKey('the public key is written with a compressed point or explicit curve parameters');
  }
  return { key, algorithm, keyid: sha256(der), pem: key.export({ type: 'spki', format: 'pem' }).toString() };
};

/**
 * Reads one `PUBLIC KEY` block and nothing else. Node would also take a private key or a certificate here, and skip text
 * around the block; exporting again and comparing refuses these, and curves given by explicit parameters.
 */
export const parsePublicKey = (pem: string): PublicKey => {
  let key: KeyObject;
  try {
    if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) throw new Error('not a public key block');
    key = createPublicKey({ key: pem, format: 'pem', type: 'spki' });
  } catch (cause) {
    throw badKey('the public key is not a PEM block of the kind PUBLIC KEY', cause);
  }
  const read = publicKeyOf(key);
  if (read.pem.trim() !== pem.replaceAll('\r\n', '\n').trim())
    throw badKey('the public key is not in its usual PEM form');
  return read;
};

/**
 * Reads a PKCS#8 PEM key, encrypted or not. Errors never carry the key or the passphrase.
 */
export const parsePrivateKey = (pem: string, passphrase?: string): { key: KeyObject; public: PublicKey } => {
  const encrypted = pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----');
  if (!encrypted && !pem.includes('-----BEGIN PRIVATE KEY-----')) {
    throw badKey('the private key is not a PKCS#8 PEM block (PRIVATE KEY or ENCRYPTED PRIVATE KEY)');
  }
  if (encrypted && (passphrase === undefined || passphrase === '')) {
    throw new RampartError('RAMPART_KEY_PASSPHRASE', 'the private key is encrypted and no passphrase was given', {
      exit: 'usage',
      next: 'Give the passphrase of the key.',
    });
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(encrypted && passphrase ? { passphrase } : {}) });
  } catch {
    if (!encrypted) throw badKey('the private key is damaged');
    throw new RampartError('RAMPART_KEY_PASSPHRASE', 'the private key does not open with this passphrase', {
      exit: 'input',
      next: 'Check the passphrase; if it is right, the key file is damaged.',
    });
  }
  return { key, public: publicKeyOf(createPublicKey(key)) };
};

export interface KeyPair {
  algorithm: Algorithm;
  keyid: string;
  /** PKCS#8; encrypted with AES-256-CBC under a PBKDF2 key when a passphrase was given. */
  privateKeyPem: string;
  /** SubjectPublicKeyInfo. */
  publicKeyPem: string;
}

/** Makes a new key. The passphrase, when given, must not be empty. */
export const generateKey = (algorithm: Algorithm, passphrase?: string): KeyPair => {
  if (passphrase === '') {
    throw new RampartError('RAMPART_KEY_PASSPHRASE', 'the passphrase is empty', {
      exit: 'usage',
      next: 'Give a passphrase, or leave it out to write the key unencrypted.',
    });
  }
  const pair = generateKeyPairSync('ec', { namedCurve: algorithmParts[algorithm].curve });
  const { keyid, pem } = publicKeyOf(pair.publicKey);
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const privateKeyPem = pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString();
  return { algorithm, keyid, privateKeyPem, publicKeyPem: pem };
};

/** Whether `signature` (DER) is of exactly this key and `algorithm`, which the caller takes from a trusted place. */
export const verifySignature = (
  key: KeyObject,
  algorithm: Algorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean => {
  if (algorithmOf(key) !== algorithm) return false;
  try {
    return verifyWith(algorithmParts[algorithm].hash, data, { key, dsaEncoding: 'der' }, signature);
  } catch {
    return false;
  }
};

const badKey = (message: string, cause?: unknown): RampartError =>
  new RampartError('RAMPART_KEY', message, {
    exit: 'input',
    next: 'Make a key with `rampart evidence keygen`, or with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`.',
    cause,
  });
