import { type Algorithm, localSigner, type RemoteKey, remoteSigner, type Signer } from '#evidence/index.js';
import { readText } from '#io/read.js';
import type { JudgingBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import { passphraseOf } from './passphrase.js';

/** How a command is told which key signs. */
export interface KeyFlags {
  key?: string | undefined;
  'passphrase-file'?: string | undefined;
  kms?: string | undefined;
  region?: string | undefined;
  algorithm?: string | undefined;
}

/** What a key of KMS is looked for in: the boundary of a system. */
export interface KeyPlace {
  plan: Plan;
  fipsHosts: Readonly<Record<string, string | null>>;
}

export const keyPlaceOf = (plan: Plan, { boundary }: JudgingBase): KeyPlace => ({
  plan,
  fipsHosts: Object.fromEntries((boundary.services ?? []).map(({ id, fips }) => [id, fips])),
});

const small = { maxBytes: 64 * 1024 };

/**
 * Has `work` done with the signer the flags name, and lets go of it afterwards. `place` is asked for only when the key is in
 * KMS.
 */
export async function withSigner<T>(
  flags: KeyFlags,
  place: () => Promise<KeyPlace>,
  work: (signer: Signer) => Promise<T>,
): Promise<T> {
  if (flags.kms === undefined) {
    if (flags.key === undefined) throw noKey();
    const pem = await readText(flags.key, small);
    return work(localSigner(pem, await passphraseOf(pem, flags['passphrase-file'])));
  }
  return withKmsKey(flags.kms, flags, await place(), (remote, algorithm) => work(remoteSigner(remote, algorithm)));
}

/** Has `work` done with the public half of a key of KMS and the algorithm meant. */
export async function withKmsKey<T>(
  key: string,
  { region, algorithm }: KeyFlags,
  { plan, fipsHosts }: KeyPlace,
  work: (remote: RemoteKey, algorithm: Algorithm | undefined) => Promise<T>,
): Promise<T> {
  const { openSigningKey } = await import('#io/aws/signing-key.js');
  const { boundary } = plan.system;
  const named = region ?? regionOf(key) ?? boundary.regions[0] ?? '';
  const opened = await openSigningKey(key, { region: named, boundary, fipsHosts });
  try {
    const offered = opened.algorithms.flatMap((name) => byKmsName.get(name) ?? []);
    const chosen = algorithm === undefined ? undefined : offered.find((name) => name === algorithm);
    if (offered.length === 0 || (algorithm !== undefined && chosen === undefined)) throw cannot(algorithm, offered);
    const signDigest = (name: Algorithm, digest: Uint8Array) => opened.signDigest(kmsNames[name], digest);
    return await work({ publicKey: opened.publicKey, signDigest }, chosen);
  } finally {
    opened.close();
  }
}

/** Names of KMS (API reference, Sign). Those of PKCS #1 v1.5 are left out: FIPS 186-5 keeps them, but PSS has a proof. */
const kmsNames: Readonly<Record<Algorithm, string>> = {
  'ecdsa-p256-sha256': 'ECDSA_SHA_256',
  'ecdsa-p384-sha384': 'ECDSA_SHA_384',
  'rsa-pss-sha256': 'RSASSA_PSS_SHA_256',
  'rsa-pss-sha384': 'RSASSA_PSS_SHA_384',
  'rsa-pss-sha512': 'RSASSA_PSS_SHA_512',
};

const byKmsName = new Map(Object.entries(kmsNames).map(([ours, theirs]) => [theirs, ours as Algorithm]));

const regionOf = (key: string): string | undefined => /^arn:[a-z-]+:kms:([a-z0-9-]+):/.exec(key)?.[1];

const cannot = (algorithm: string | undefined, offered: readonly string[]): RampartError =>
  new RampartError(
    'RAMPART_KMS_ALGORITHM',
    algorithm === undefined
      ? 'the key signs by none of the algorithms evidence is signed with'
      : `the key does not sign by ${algorithm}`,
    {
      exit: 'input',
      next:
        offered.length > 0
          ? `It signs by ${offered.join(', ')}.`
          : 'Name a key of the kind ECC_NIST_P256, ECC_NIST_P384, RSA_3072 or RSA_4096.',
    },
  );

const noKey = (): RampartError =>
  new RampartError('RAMPART_NO_KEY', 'no key was named to sign with', {
    exit: 'usage',
    next: 'Give --key with a private key (PEM), or --kms with a key id, alias or ARN.',
  });
