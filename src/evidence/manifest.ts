import type { Member } from '#model/bundle.js';
import { RampartError } from '#model/error.js';
import { canonicalBytes, parseCanonical } from './canonical-json.js';
import { type Digests, digestsOf } from './digest.js';
import { assertPaths, byPath, quote } from './member-path.js';
import { constantAt, digestAt, integerAt, listAt, misshapen, objectAt, oneOfAt, stringAt } from './shape.js';
import { defaultLimits } from './ustar.js';

export const manifestPath = 'manifest.json';
export const attestationFolder = 'attestations/';
export const attestationPath = `${attestationFolder}bundle.dsse.json`;
export const verdictPath = `${attestationFolder}verdict.dsse.json`;

/** Newest format this version writes and reads. */
export const formatVersion = 1;

const formatName = 'rampart-evidence';
const roles: readonly Member['role'][] = ['input', 'artifact', 'evidence', 'result', 'document', 'report'];
const sensitivities: readonly NonNullable<Member['sensitivity']>[] = ['public', 'internal', 'restricted'];

export interface ManifestEntry extends Digests {
  path: string;
  /** Bytes. */
  size: number;
  mediaType: string;
  role: Member['role'];
  /** Paths of other members, sorted. */
  derivedFrom: readonly string[];
  sensitivity: NonNullable<Member['sensitivity']>;
}

/** What a bundle holds. The SHA-256 of its canonical JSON is the bundle's identity. */
export interface Manifest {
  formatVersion: number;
  /** Seconds since 1970; the time of every file in the archive form. */
  sourceDateEpoch: number;
  /** In bytewise order of path. */
  members: readonly ManifestEntry[];
}

/** Describes members. A member without `sensitivity` is `internal`. Throws when paths collide or lead nowhere. */
export const manifestOf = (members: readonly Member[], sourceDateEpoch: number): Manifest => {
  const manifest = {
    formatVersion,
    sourceDateEpoch,
    members: [...members].sort(byPath).map((member) => ({
      path: member.path,
      size: member.bytes.length,
      ...digestsOf(member.bytes, member.sha256),
      mediaType: member.mediaType,
      role: member.role,
      derivedFrom: [...new Set(member.derivedFrom ?? [])].sort(),
      sensitivity: member.sensitivity ?? 'internal',
    })),
  };
  assertMembers(manifest.members);
  return manifest;
};

/** Canonical JSON of a manifest. It reads its own output back, so that nothing is sealed that no one could verify. */
export const encodeManifest = (manifest: Manifest): Uint8Array => {
  const bytes = canonicalBytes({ format: formatName, ...manifest });
  parseManifest(bytes);
  return bytes;
};

/** Reads what `encodeManifest` writes and nothing looser. A version newer than `formatVersion` is refused. */
export const parseManifest = (bytes: Uint8Array): Manifest => {
  const keys = ['format', 'formatVersion', 'sourceDateEpoch', 'members'];
  const outer = objectAt(parseCanonical(bytes, manifestPath), '$', keys);
  constantAt(outer.format, '$.format', formatName);
  const manifest = {
    formatVersion: integerAt(outer.formatVersion, '$.formatVersion', 1, formatVersion),
    sourceDateEpoch: integerAt(outer.sourceDateEpoch, '$.sourceDateEpoch', 0, 0o77777777777),
    members: listAt(outer.members, '$.members', 1, defaultLimits.files).map((item, i) =>
      readEntry(item, `$.members[${i}]`),
    ),
  };
  assertMembers(manifest.members);
  return manifest;
};

const readEntry = (value: unknown, at: string): ManifestEntry => {
  const keys = ['path', 'size', 'sha256', 'sha384', 'mediaType', 'role', 'derivedFrom', 'sensitivity'];
  const item = objectAt(value, at, keys);
  return {
    path: stringAt(item.path, `${at}.path`, /./, 'a path'),
    size: integerAt(item.size, `${at}.size`, 0, Number.MAX_SAFE_INTEGER),
    sha256: digestAt(item.sha256, `${at}.sha256`, 256),
    sha384: digestAt(item.sha384, `${at}.sha384`, 384),
    mediaType: stringAt(item.mediaType, `${at}.mediaType`, mediaType, 'a media type'),
    role: oneOfAt(item.role, `${at}.role`, roles),
    derivedFrom: listAt(item.derivedFrom, `${at}.derivedFrom`, 0, 100_000).map((path, i) =>
      stringAt(path, `${at}.derivedFrom[${i}]`, /./, 'a path'),
    ),
    sensitivity: oneOfAt(item.sensitivity, `${at}.sensitivity`, sensitivities),
  };
};

const mediaType = /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,99}(?:; ?charset=utf-8)?$/;

/** What must hold between members, when written and when read. */
const assertMembers = (members: readonly ManifestEntry[]): void => {
  const paths = members.map((member) => member.path);
  assertPaths([manifestPath, `${attestationFolder}x`, ...paths]);
  const known = new Set(paths);
  members.forEach((member, i) => {
    const { path } = member;
    if (path.startsWith(attestationFolder)) throw badMember(path, `may not be in ${attestationFolder}`);
    if (!mediaType.test(member.mediaType)) throw badMember(path, 'has no proper media type');
    const previous = members[i - 1];
    if (previous !== undefined && byPath(previous, member) >= 0) throw misshapen('$.members', 'is not sorted by path');
    for (const source of member.derivedFrom) {
      if (source === path || !known.has(source)) {
        throw badMember(path, `is derived from ${quote(source)}, which is no other member of the bundle`);
      }
    }
  });
};

const badMember = (path: string, message: string): RampartError =>
  new RampartError('RAMPART_MEMBER', `${quote(path)} ${message}`, {
    exit: 'input',
    next: 'Correct the member; a bundle must describe all it holds.',
  });
