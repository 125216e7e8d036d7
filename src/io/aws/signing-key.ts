import { RampartError } from '#model/error.js';
import type { SigningCall } from '#model/live-call.js';
import { type Answer, settle } from './answer.js';
import { connect } from './clients.js';
import { checkKey, type Place } from './place.js';

/** A key of KMS that signs. It is named as KMS named it: an alias may point elsewhere by the next call. */
export interface SigningKey {
  arn: string;
  /** SubjectPublicKeyInfo in DER. */
  publicKey: Uint8Array;
  /** KMS's names of what the key can be used for. */
  algorithms: readonly string[];
  /** Signs a digest as it is: KMS hashes what it is given once more unless told that it is one. */
  signDigest(algorithm: string, digest: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

/** Asks KMS for the public half of a key id, alias or ARN. One of another partition or region is refused without a call. */
export async function openSigningKey(key: string, place: Place): Promise<SigningKey> {
  checkKey(key, place);
  const clients = await connect(place);
  const { client, sdk } = clients.kms;
  try {
    const call = client.send(new sdk.GetPublicKeyCommand({ KeyId: key }));
    const found = answered('kms:GetPublicKey', key, await settle('kms:GetPublicKey', call, key));
    const { KeyId: arn = '', PublicKey: publicKey, KeyUsage: usage, SigningAlgorithms: algorithms = [] } = found;
    if (usage !== 'SIGN_VERIFY') throw wrongUsage(key);
    const here = `arn:${place.boundary.partition}:kms:${place.region}:`;
    if ((arn.includes(':') && !arn.startsWith(here)) || arn === '' || !publicKey) {
      throw broken('KMS answered with a key that is not of this region');
    }
    const signDigest = async (algorithm: string, digest: Uint8Array): Promise<Uint8Array> => {
      const asked = { KeyId: arn, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: algorithm } as const;
      const sign = client.send(new sdk.SignCommand({ ...asked, SigningAlgorithm: algorithm as 'ECDSA_SHA_256' }));
      const { Signature } = answered('kms:Sign', key, await settle('kms:Sign', sign, key));
      if (!Signature) throw broken('KMS answered without a signature');
      return Signature;
    };
    return { arn, publicKey, algorithms, signDigest, close: () => clients.close() };
  } catch (error) {
    clients.close();
    throw error;
  }
}

function answered<T>(action: SigningCall, key: string, answer: Answer<T>): T {
  if (answer.outcome === 'answered') return answer.value;
  const fault = faults.find(({ names }) => names.test(answer.error));
  if (answer.outcome === 'denied') {
    throw failure('RAMPART_KMS_DENIED', `these credentials may not call ${action} on ${key}`, {
      next: `Allow kms:GetPublicKey and kms:Sign on the key to this caller (in the key policy too), then seal again.`,
    });
  }
  if (fault?.code === 'RAMPART_KMS_KEY_USAGE') throw wrongUsage(key);
  if (fault) throw failure(fault.code, fault.says(key), fault);
  throw failure('RAMPART_KMS_FAILED', `KMS did not sign: it would need ${answer.detail}`, {
    next: 'Nothing was written. Seal again when that is mended.',
  });
}

interface Fault {
  names: RegExp;
  code: string;
  says: (key: string) => string;
  next: string;
}

/** What the service says of a key that does not sign, each in words of its own. */
const faults: readonly Fault[] = [
  {
    names: /^(DisabledException|KMSInvalidStateException|KeyUnavailableException)$/,
    code: 'RAMPART_KMS_DISABLED',
    says: (key) => `the key ${key} is disabled or about to be deleted`,
    next: 'Enable the key (`aws kms enable-key`), or seal with the key that took its place.',
  },
  {
    names: /^(NotFoundException|InvalidArnException)$/,
    code: 'RAMPART_KMS_NOT_FOUND',
    says: (key) => `KMS knows no key ${key} in this account and region`,
    next: 'Check the alias or id, the region and the account (`aws kms describe-key`).',
  },
  {
    names: /^(Throttling(Exception)?|TooManyRequestsException|RequestLimitExceeded|LimitExceededException)$/,
    code: 'RAMPART_KMS_THROTTLED',
    says: () => 'KMS turned the request away three times because there were too many',
    next: 'Nothing was written. Seal again later, or have the quota of cryptographic operations raised.',
  },
  {
    names: /^(InvalidKeyUsageException|UnsupportedOperationException)$/,
    code: 'RAMPART_KMS_KEY_USAGE',
    says: () => '',
    next: '',
  },
];

const wrongUsage = (key: string): RampartError =>
  failure('RAMPART_KMS_KEY_USAGE', `the key ${key} is not a key for signing`, {
    exit: 'input',
    next: 'Name a key with usage SIGN_VERIFY: ECC_NIST_P256, ECC_NIST_P384, RSA_3072 or RSA_4096.',
  });

const broken = (message: string): RampartError =>
  failure('RAMPART_KMS_FAILED', message, { next: 'Nothing was written. Check what answers in the place of KMS.' });

const failure = (
  code: string,
  message: string,
  { next, exit = 'outside' }: { next: string; exit?: 'outside' | 'input' },
): RampartError => new RampartError(code, message, { exit, next });
