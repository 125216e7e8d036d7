import type { Member } from '#model/bundle.js';
import { RampartError } from '#model/error.js';
import { sameDigests, sha256 } from './digest.js';
import { encodeEnvelope } from './dsse.js';
import { attestationPath, encodeManifest, type Manifest, manifestOf, manifestPath, verdictPath } from './manifest.js';
import { type BundleFile, byPath, quote } from './member-path.js';
import { assertNoSecrets } from './redaction.js';
import { type Signer, signPayload } from './sign.js';
import { encodeStatement, type Predicate, payloadType, type Statement, statementOf } from './statement.js';
import { readUstar, writeUstar } from './ustar.js';
import { encodeVerdict, type Verdict } from './verdict.js';

export interface SealRequest {
  members: readonly Member[];
  /** Files that will be deployed, under the paths by which the deployment knows them; each becomes a subject. */
  artifacts: readonly BundleFile[];
  predicate: Omit<Predicate, 'verdict'>;
  /** What the gate said of the artifacts; signed by the same keys, as a statement of its own. */
  verdict?: Omit<Verdict, 'manifest'> | undefined;
  /** Without one the bundle carries no attestation, and can be found intact but never verified. */
  signers: readonly Signer[];
  /** Seconds since 1970: SOURCE_DATE_EPOCH, or 0. */
  sourceDateEpoch?: number;
  /** Account ids that may stand in `evidence/` members. */
  allowedAccounts?: readonly string[];
}

export interface SealedBundle {
  /** SHA-256 of manifest.json. The archive's digest is none: signatures are random. */
  identity: string;
  manifest: Manifest;
  statement: Statement;
  /** The folder form, in order of path. */
  files: readonly BundleFile[];
  /** The archive form. */
  archive: Uint8Array;
}

/** Describes, scans, signs and packs. Throws rather than seal a secret, a colliding path or a signature that fails. */
export const sealBundle = async (request: SealRequest): Promise<SealedBundle> => {
  const epoch = request.sourceDateEpoch ?? 0;
  const manifest = manifestOf(request.members, epoch);
  const manifestFile = { path: manifestPath, bytes: encodeManifest(manifest) };
  const identity = sha256(manifestFile.bytes);
  const verdict = request.verdict && encodeVerdict({ ...request.verdict, manifest: identity });
  const statement = statementOf(manifestFile.bytes, request.artifacts, {
    ...request.predicate,
    ...(verdict ? { verdict: sha256(verdict) } : {}),
  });
  const payload = encodeStatement(statement);
  assertSameAsMembers(manifest, statement);
  const content = [manifestFile, ...request.members.map(({ path, bytes }) => ({ path, bytes }))];
  const statements = [
    { path: attestationPath, bytes: payload },
    ...(verdict ? [{ path: verdictPath, bytes: verdict }] : []),
  ];
  assertNoSecrets([...content, ...statements], request.allowedAccounts);
  if (request.signers.length > 0) {
    for (const { path, bytes } of statements) {
      content.push({ path, bytes: encodeEnvelope(await signPayload(payloadType, bytes, request.signers)) });
    }
  }
  const files = content.sort(byPath);
  const archive = writeUstar(files, epoch);
  // Refuses what a verifier would refuse: too many files, too many bytes.
  readUstar(archive);
  return { identity, manifest, statement, files, archive };
};

/** An artifact under the name of a member must be that member; a verifier would refuse the bundle otherwise. */
const assertSameAsMembers = (manifest: Manifest, { subjects }: Statement): void => {
  const members = new Map(manifest.members.map((member) => [member.path, member]));
  for (const { name, digest } of subjects) {
    const member = members.get(name);
    if (member === undefined || sameDigests(member, digest)) continue;
    throw new RampartError('RAMPART_MEMBER', `the artifact ${quote(name)} differs from the member of that name`, {
      exit: 'input',
      next: 'Seal the file that was judged and the file that will be deployed under names of their own, or make them one.',
    });
  }
};
