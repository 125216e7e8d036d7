import { refuseIfAny } from './check-log.js';
import { digestsOf, sameDigests } from './digest.js';
import { attestationPath, type Manifest, manifestPath, parseManifest, verdictPath } from './manifest.js';
import { assertPaths, type BundleFile, quote } from './member-path.js';
import { isStampPath } from './stamp-path.js';
import type { Statement } from './statement.js';
import type { TrustPolicy } from './trust-policy.js';
import { defaultLimits, type Limits, readUstar } from './ustar.js';

/** The archive form, or every file of the folder form (whoever reads the folder must refuse links). */
export type BundleSource = { archive: Uint8Array } | { files: readonly BundleFile[] };

/** The files of a bundle by path. */
export interface Tree {
  files: ReadonlyMap<string, Uint8Array>;
  /** Seconds since 1970; only an archive has it. */
  mtime?: number;
}

/** The files of either form, after the checks that need no manifest: names, sizes, the archive's one spelling. */
export const readTree = (source: BundleSource, limits: Limits): Tree => {
  if ('archive' in source) {
    const { files, mtime } = readUstar(source.archive, limits);
    return { files: byName(files), mtime };
  }
  const { files } = source;
  const total = files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (files.length > limits.files || total > limits.archive || files.some((f) => f.bytes.length > limits.file)) {
    refuseIfAny(['the folder has more files or bytes than a bundle may']);
  }
  assertPaths(files.map((file) => file.path));
  return { files: byName(files) };
};

const byName = (files: readonly BundleFile[]): Map<string, Uint8Array> =>
  new Map(files.map((file) => [file.path, file.bytes]));

/**
 * The manifest, once it is the one that was signed and the files are exactly those it lists, each with its size and every
 * digest. `identity` is its SHA-256.
 */
export const compareContents = (
  tree: Tree,
  statement: Statement | undefined,
): { manifest: Manifest; identity: string } => {
  const bytes = tree.files.get(manifestPath) ?? new Uint8Array(0);
  if (!tree.files.has(manifestPath)) refuseIfAny([`${manifestPath} is missing`]);
  const own = digestsOf(bytes);
  const signed = statement?.subjects.find((subject) => subject.name === manifestPath);
  if (statement !== undefined && (signed === undefined || !sameDigests(signed.digest, own))) {
    refuseIfAny([`${manifestPath} is not the one that was signed`]);
  }
  const manifest = parseManifest(bytes);
  // Judged with the signatures they are over; without a statement there is nothing to stamp.
  const stamps = [...tree.files.keys()].filter(isStampPath);
  const expected = new Set([
    manifestPath,
    ...(statement === undefined ? [] : [attestationPath, ...stamps]),
    ...(statement?.predicate.verdict === undefined ? [] : [verdictPath]),
  ]);
  const problems: string[] = [];
  for (const entry of manifest.members) {
    expected.add(entry.path);
    const member = tree.files.get(entry.path);
    if (member === undefined) problems.push(`${quote(entry.path)} is missing`);
    else if (member.length !== entry.size || !sameDigests(digestsOf(member), entry)) {
      problems.push(`${quote(entry.path)} was changed`);
    }
  }
  for (const path of tree.files.keys()) {
    if (!expected.has(path)) problems.push(`${quote(path)} is not in the manifest`);
  }
  if (tree.mtime !== undefined && tree.mtime !== manifest.sourceDateEpoch) {
    problems.push("the time of the archive's files is not the manifest's");
  }
  refuseIfAny(problems);
  return { manifest, identity: own.sha256 };
};

/** What must agree between the policy, the statement and the manifest. */
export const compareFormat = (
  manifest: Manifest,
  statement: Statement | undefined,
  policy: TrustPolicy | undefined,
): void => {
  const problems: string[] = [];
  const lowest = policy?.lowestFormatVersion ?? 1;
  if (manifest.formatVersion < lowest) {
    problems.push(`format ${manifest.formatVersion} is older than ${lowest}, the oldest the trust policy accepts`);
  }
  const members = new Map(manifest.members.map((member) => [member.path, member]));
  for (const { name, digest } of statement?.subjects ?? []) {
    const member = members.get(name);
    if (member !== undefined && !sameDigests(member, digest)) {
      problems.push(`${quote(name)} as signed differs from the member of that name`);
    }
  }
  if (statement !== undefined) {
    const { systemId, environment } = statement.predicate;
    if (policy?.systems?.includes(systemId) === false) {
      problems.push(`the trust policy accepts no evidence of the system ${systemId}`);
    }
    if (policy?.environments?.includes(environment) === false) {
      problems.push(`the trust policy accepts no evidence of the environment ${environment}`);
    }
  }
  refuseIfAny(problems);
};

/** The bytes of one file of a bundle; undefined when it holds none of that name. Vouches for nothing: verify first. */
export const readMember = (
  source: BundleSource,
  path: string,
  limits: Limits = defaultLimits,
): Uint8Array | undefined => readTree(source, limits).files.get(path);

/** Every file of a bundle. Vouches for nothing: verify first. */
export const filesOf = (source: BundleSource, limits: Limits = defaultLimits): BundleFile[] =>
  [...readTree(source, limits).files].map(([path, bytes]) => ({ path, bytes }));
