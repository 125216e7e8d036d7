import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { RampartError } from '#model/error.js';
import { type Algorithm, algorithmsOf, curves, type EcdsaAlgorithm, isEcdsa } from './algorithm.js';
import { sha256 } from './digest.js';

export interface PublicKey {
  key: KeyObject;
  algorithm: Algorithm;
  /** Lower-case hex SHA-256 of the DER form of the SubjectPublicKeyInfo. */
  keyid: string;
  /** SubjectPublicKeyInfo. */
  pem: string;
}

/**
 * What stands before the two coordinates in the DER form (RFC 5480): named curve, uncompressed point. Any other spelling of
 * the same key would have another key id and count twice towards a threshold.
 */
const spkiHead: Readonly<Record<EcdsaAlgorithm, string>> = {
  'ecdsa-p256-sha256': '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  'ecdsa-p384-sha384': '3076301006072a8648ce3d020106052b8104002203620004',
};

const publicKeyOf = (key: KeyObject, chosen?: Algorithm): PublicKey => {
  const able = algorithmsOf(key);
  const [usual] = able;
  if (usual === undefined) throw badKey(`a key of the kind ${kindOf(key)} can't sign evidence; use P-256 or P-384`);
  const algorithm = chosen ?? usual;
  if (!able.includes(algorithm)) throw badKey(`a key of the kind ${kindOf(key)} can't sign by ${algorithm}`);
  const der = key.export({ type: 'spki', format: 'der' });
  if (isEcdsa(algorithm) && !der.toString('hex').startsWith(spkiHead[algorithm])) {
    throw badKey('the public key is written with a compressed point or explicit curve parameters');
  }
  return { key, algorithm, keyid: sha256(der), pem: key.export({ type: 'spki', format: 'pem' }).toString() };
};

const kindOf = ({ asymmetricKeyType, asymmetricKeyDetails: { namedCurve, modulusLength } = {} }: KeyObject): string =>
  [asymmetricKeyType ?? 'unknown', namedCurve, modulusLength].filter(Boolean).join(' ');

/**
 * Reads one `PUBLIC KEY` block and nothing else. Node would also take a private key or a certificate here, and skip text
 * around the block; exporting again and comparing refuses these, and curves given by explicit parameters. An RSA key can sign
 * by several algorithms: `algorithm` says which is meant.
 */
export const parsePublicKey = (pem: string, algorithm?: Algorithm): PublicKey => {
  let key: KeyObject;
  try {
    if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) throw new Error('not a public key block');
    key = createPublicKey({ key: pem, format: 'pem', type: 'spki' });
  } catch (cause) {
    throw badKey('the public key is not a PEM block of the kind PUBLIC KEY', cause);
  }
  const read = publicKeyOf(key, algorithm);
  if (read.pem.trim() !== pem.replaceAll('\r\n', '\n').trim())
    throw badKey('the public key is not in its usual PEM form');
  return read;
};

/**
 * Reads a PKCS#8 PEM key, encrypted or not. Errors never carry the key or the passphrase.
 */
export const parsePrivateKey = (pem: string, passphrase?: string): { key: KeyObject; public: PublicKey } => {
  const encrypted = assertOnePkcs8(pem) === 'ENCRYPTED PRIVATE KEY';
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
      next: 'Check the passphrase; if it is right, the file is damaged, or encrypted in a way too old to be read (PBES1).',
    });
  }
  const own = publicKeyOf(createPublicKey(key));
  // An RSA key in a file has no protection that a P-384 key lacks, and three ways to be used wrongly.
  if (!isEcdsa(own.algorithm))
    throw badKey(`a private key of the kind ${kindOf(key)} can't sign evidence; use P-256 or P-384`);
  return { key, public: own };
};

/** Of several keys OpenSSL takes the first, which may not be the one that was meant. What is no key may stand around it. */
const assertOnePkcs8 = (pem: string): string => {
  const blocks = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = '']) => label);
  const [label = '', ...more] = blocks.filter((each) => each.endsWith('PRIVATE KEY'));
  if (more.length > 0)
    throw badKey(`the file holds ${more.length + 1} private keys; which of them signs must be plain`);
  if (label === 'PRIVATE KEY' || label === 'ENCRYPTED PRIVATE KEY') return label;
  if (label !== '') throw badKey(`the private key is of the form ${label}, and PKCS#8 is read`, undefined, toPkcs8);
  if (blocks.includes('PUBLIC KEY')) throw badKey('it is the public half of a key, which signs nothing');
  throw badKey('the private key is not a PKCS#8 PEM block (PRIVATE KEY or ENCRYPTED PRIVATE KEY)');
};

const toPkcs8 = 'Turn it with `openssl pkcs8 -topk8 -in KEY -out pkcs8.key.pem`, which asks for a passphrase.';

export interface KeyPair {
  algorithm: EcdsaAlgorithm;
  keyid: string;
  /** PKCS#8; encrypted with AES-256-CBC under a PBKDF2 key when a passphrase was given. */
  privateKeyPem: string;
  /** SubjectPublicKeyInfo. */
  publicKeyPem: string;
}

/** Makes a new key. The passphrase, when given, must not be empty. */
export const generateKey = (algorithm: EcdsaAlgorithm, passphrase?: string): KeyPair => {
  if (passphrase === '') {
    throw new RampartError('RAMPART_KEY_PASSPHRASE', 'the passphrase is empty', {
      exit: 'usage',
      next: 'Give a passphrase, or leave it out to write the key unencrypted.',
    });
  }
  const pair = generateKeyPairSync('ec', { namedCurve: curves[algorithm] });
  const { keyid, pem } = publicKeyOf(pair.publicKey);
  const cipher = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const privateKeyPem = pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString();
  return { algorithm, keyid, privateKeyPem, publicKeyPem: pem };
};

const badKey = (message: string, cause?: unknown, next = makeOne): RampartError =>
  new RampartError('RAMPART_KEY', message, { exit: 'input', next, cause });

const makeOne =
  'Make a key with `rampart evidence keygen`, or with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`.';
