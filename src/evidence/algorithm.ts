import { constants, type KeyObject, sign as signWith, verify as verifyWith } from 'node:crypto';

export type EcdsaAlgorithm = 'ecdsa-p256-sha256' | 'ecdsa-p384-sha384';

/**
 * What may sign a bundle. RSA only where a key service holds the key. No Ed25519: OpenSSL 3.0 and 3.1 do not offer it as an
 * approved algorithm of their FIPS provider.
 */
export type Algorithm = EcdsaAlgorithm | 'rsa-pss-sha256' | 'rsa-pss-sha384' | 'rsa-pss-sha512';

/** OpenSSL's names. */
export const curves: Readonly<Record<EcdsaAlgorithm, string>> = {
  'ecdsa-p256-sha256': 'prime256v1',
  'ecdsa-p384-sha384': 'secp384r1',
};

/** The hash belongs to the algorithm, so it can't be chosen by whoever writes a signature. */
export const hashes: Readonly<Record<Algorithm, 'sha256' | 'sha384' | 'sha512'>> = {
  'ecdsa-p256-sha256': 'sha256',
  'ecdsa-p384-sha384': 'sha384',
  'rsa-pss-sha256': 'sha256',
  'rsa-pss-sha384': 'sha384',
  'rsa-pss-sha512': 'sha512',
};

export const algorithms = Object.keys(hashes) as readonly Algorithm[];

export const isEcdsa = (algorithm: Algorithm): algorithm is EcdsaAlgorithm => Object.hasOwn(curves, algorithm);

/** Shorter ones are good for 112 bits until 2030 only (NIST SP 800-57 part 1, table 2). */
const shortestModulus = 3072;

/** What a key may be used for, the usual one first; nothing for every other kind of key. */
export const algorithmsOf = ({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): readonly Algorithm[] => {
  const { namedCurve, modulusLength = 0, publicExponent } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'ec') return algorithms.filter((name) => isEcdsa(name) && curves[name] === namedCurve);
  if (asymmetricKeyType !== 'rsa' || modulusLength < shortestModulus || publicExponent !== 65537n) return [];
  return algorithms.filter((name) => !isEcdsa(name));
};

const how = (key: KeyObject, algorithm: Algorithm) =>
  isEcdsa(algorithm)
    ? ({ key, dsaEncoding: 'der' } as const)
    : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** Whether `signature` is of exactly this key and `algorithm`, which the caller takes from a trusted place. */
export const verifySignature = (
  key: KeyObject,
  algorithm: Algorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean => {
  if (!algorithmsOf(key).includes(algorithm)) return false;
  try {
    return verifyWith(hashes[algorithm], data, how(key, algorithm), signature);
  } catch {
    return false;
  }
};

export const makeSignature = (key: KeyObject, algorithm: Algorithm, data: Uint8Array): Uint8Array =>
  signWith(hashes[algorithm], data, how(key, algorithm));
