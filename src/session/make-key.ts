import {
  draftTrustPolicy,
  type EcdsaAlgorithm,
  generateKey,
  type PublicKey,
  remotePublicKey,
} from '#evidence/index.js';
import { now } from '#io/clock.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { loadBase, loadPlan } from './load.js';
import { newPassphrase } from './passphrase.js';
import { type KeyFlags, keyPlaceOf, withKmsKey } from './signers.js';

interface MakeKeyOptions extends KeyFlags {
  out: string;
  name: string;
  system: string;
  role: string;
  'ask-passphrase': boolean;
  'valid-days': number;
  'max-age': string;
  force: boolean;
}

interface Made {
  public: Pick<PublicKey, 'keyid' | 'pem' | 'algorithm'>;
  privateKeyPem?: string;
  isOpen: boolean;
}

/** The whole of `rampart evidence keygen`: makes a pair, or asks KMS for the public half of its key, and drafts a policy. */
export async function makeKey(
  options: MakeKeyOptions,
): Promise<{ keyid: string; written: readonly string[]; isOpen: boolean; next: string }> {
  const {
    public: own,
    privateKeyPem,
    isOpen,
  } = options.kms === undefined ? await local(options) : await remote(options);
  const start = now();
  const policy = draftTrustPolicy({
    publicKeys: [own],
    role: options.role,
    notBefore: start.toISOString(),
    notAfter: new Date(start.getTime() + options['valid-days'] * 86_400_000).toISOString(),
    maxAge: options['max-age'],
  });
  const file = (ending: string, text: string) => ({ path: `${options.name}.${ending}`, bytes: Buffer.from(text) });
  const files = [
    ...(privateKeyPem === undefined ? [] : [{ ...file('key.pem', privateKeyPem), mode: 0o600 }]),
    file('pub.pem', own.pem),
    file('trust.json', policy),
  ];
  const written = await writeWhole(files, { root: options.out, force: options.force });
  const named = (ending: string): string => written.find((path) => path.endsWith(ending)) ?? '';
  const by = options.kms === undefined ? `--key ${named('.key.pem')}` : `--kms ${options.kms}`;
  const next = `rampart evidence create PATH... ${by} --out FILE; give ${named('.trust.json')} to whoever verifies, by another way than the bundles.`;
  return { keyid: own.keyid, written, isOpen, next };
}

async function local(options: MakeKeyOptions): Promise<Made> {
  const { algorithm = 'ecdsa-p256-sha256' } = options;
  if (algorithm.startsWith('rsa')) {
    throw new RampartError('RAMPART_USAGE', 'RSA keys are made and kept in KMS only', {
      exit: 'usage',
      next: 'Leave --algorithm out, or name a key of KMS with --kms.',
    });
  }
  const passphrase = await newPassphrase(options['passphrase-file'], options['ask-passphrase']);
  const pair = generateKey(algorithm as EcdsaAlgorithm, passphrase);
  const { keyid, publicKeyPem: pem, privateKeyPem } = pair;
  return { public: { keyid, pem, algorithm: pair.algorithm }, privateKeyPem, isOpen: passphrase === undefined };
}

async function remote(options: MakeKeyOptions): Promise<Made> {
  const { plan, base } = await loadPlan(options.system, await loadBase());
  const own = await withKmsKey(options.kms ?? '', options, keyPlaceOf(plan, base), async (key, algorithm) =>
    remotePublicKey(key, algorithm),
  );
  return { public: own, isOpen: false };
}
