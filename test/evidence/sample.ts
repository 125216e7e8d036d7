import assert from 'node:assert/strict';
import type { Member } from '#model/bundle.js';
import type { EcdsaAlgorithm } from '../../src/evidence/algorithm.js';
import { type SealedBundle, type SealRequest, sealBundle } from '../../src/evidence/bundle.js';
import { checkNames } from '../../src/evidence/check-log.js';
import { encodeEnvelope, parseEnvelope } from '../../src/evidence/dsse.js';
import { generateKey, type KeyPair } from '../../src/evidence/key.js';
import type { BundleFile } from '../../src/evidence/member-path.js';
import { localSigner, type Signer, signPayload } from '../../src/evidence/sign.js';
import type { Predicate } from '../../src/evidence/statement.js';
import { payloadType } from '../../src/evidence/statement.js';
import { draftTrustPolicy, parseTrustPolicy, type TrustPolicy } from '../../src/evidence/trust-policy.js';
import { judgedSubjects, type Verdict } from '../../src/evidence/verdict.js';
import { type Verification, type VerifyOptions, verifyBundle } from '../../src/evidence/verify.js';

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

export const collectedAt = '2026-11-20T08:00:00Z';
export const now = new Date('2026-11-20T09:00:00Z');

export const template = { path: 'deploy/stack.yaml', bytes: utf8('Resources: {}\n') };

export const members: readonly Member[] = [
  { path: 'inputs/rampart.yaml', bytes: utf8('name: sample\n'), mediaType: 'application/yaml', role: 'input' },
  { path: 'inputs/stack.yaml', bytes: template.bytes, mediaType: 'application/yaml', role: 'artifact' },
  {
    path: 'results/findings.json',
    bytes: utf8('[]'),
    mediaType: 'application/json',
    role: 'result',
    derivedFrom: ['inputs/rampart.yaml', 'inputs/stack.yaml'],
  },
];

export const predicate: Predicate = {
  systemId: 'sample',
  environment: 'test',
  sequence: 1,
  previous: null,
  collectedAt,
  expiresAt: '2026-12-20T08:00:00Z',
  tool: { name: 'rampart', version: '0.1.0', sha256: 'a'.repeat(64) },
  controlData: 'b'.repeat(64),
};

export const keyPair: KeyPair = generateKey('ecdsa-p256-sha256');
export const signer: Signer = localSigner(keyPair.privateKeyPem);

export const anotherSigner = (algorithm: EcdsaAlgorithm = 'ecdsa-p256-sha256'): Signer =>
  localSigner(generateKey(algorithm).privateKeyPem);

export const inHand = [{ ...template, kind: 'manifest' as const }];

export const verdict: Omit<Verdict, 'manifest'> = {
  subjects: judgedSubjects(inHand),
  result: 'PASSED',
  toolVersion: '0.1.0',
  timeVerified: collectedAt,
  system: { id: 'sample', environment: 'test' },
  baseline: 'fedramp-rev5-moderate',
  controlData: 'b'.repeat(64),
};

export const seal = (changes: Partial<SealRequest> = {}): Promise<SealedBundle> =>
  sealBundle({ members, artifacts: [template], predicate, verdict, signers: [signer], ...changes });

/** Bundle `sequence` of a chain; each has content of its own. */
export const sealNumber = (sequence: number, previous: string | null, at = collectedAt): Promise<SealedBundle> =>
  seal({
    predicate: { ...predicate, sequence, previous, collectedAt: at },
    members: [
      ...members,
      { path: 'inputs/n', bytes: utf8(`${sequence} ${previous}`), mediaType: 'text/plain', role: 'input' },
    ],
  });

/** A policy that trusts these signers, with changes to the file's text as an object. */
export const policyFor = (
  signers: readonly Signer[] = [signer],
  change: (policy: Record<string, unknown> & { keys: Record<string, unknown>[] }) => void = () => {},
): TrustPolicy => {
  const file = JSON.parse(
    draftTrustPolicy({
      publicKeys: signers.map(({ publicKeyPem: pem, algorithm }) => ({ pem, algorithm })),
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
      maxAge: 'P30D',
    }),
  );
  change(file);
  return parseTrustPolicy(utf8(JSON.stringify(file)));
};

export const verify = (files: readonly BundleFile[], changes: Partial<VerifyOptions> = {}): Verification =>
  verifyBundle({ files }, { trustPolicy: policyFor(), now, ...changes });

/** The name of the check that failed, if one did. */
export const failed = (result: Verification): string | undefined =>
  result.checks.find((check) => check.ok === false)?.name;

export const replace = (files: readonly BundleFile[], path: string, bytes: Uint8Array): BundleFile[] =>
  files.map((file) => (file.path === path ? { path, bytes } : file));

export const bytesOf = (files: readonly BundleFile[], path: string): Uint8Array => {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file.bytes;
};

export const attestation = 'attestations/bundle.dsse.json';

/** The bundle with another payload, properly signed: what a careless or hostile holder of a good key could write. */
export const resigned = async (bundle: SealedBundle, payload: Uint8Array, type = payloadType): Promise<BundleFile[]> =>
  replace(bundle.files, attestation, encodeEnvelope(await signPayload(type, payload, [signer])));

export const envelopeOf = (bundle: SealedBundle) => parseEnvelope(bytesOf(bundle.files, attestation));
export const payloadOf = (bundle: SealedBundle): string => Buffer.from(envelopeOf(bundle).payload).toString();

export const refusedBy = (files: readonly BundleFile[], check: string, message: RegExp, changes = {}): void => {
  const result = verify(files, changes);
  assert.equal(result.level, 'not-trusted');
  assert.equal(failed(result), check);
  assert.match(result.problems.map((problem) => problem.message).join('\n'), message);
  assert.deepEqual(
    result.checks.map((one) => one.name),
    checkNames,
  );
};
