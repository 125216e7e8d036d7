import type { Problem } from '#model/error.js';
import { type Check, CheckLog, refuseIfAny, Stopped } from './check-log.js';
import { type BundleSource, compareArtifact, compareContents, compareFormat, readTree, type Tree } from './contents.js';
import { type Envelope, parseEnvelope } from './dsse.js';
import { freshnessOf } from './freshness.js';
import { attestationPath, type Manifest } from './manifest.js';
import { type BundleFile, quote } from './member-path.js';
import { advance, type MonotonicState } from './monotonic-state.js';
import { parseStatement, payloadType, type Statement } from './statement.js';
import { countSignatures } from './threshold.js';
import type { TrustPolicy } from './trust-policy.js';
import { defaultLimits, type Limits } from './ustar.js';

/** `verified`: signed by pinned keys. `intact`: whole, but nobody vouches for it. `not-trusted`: some check failed. */
export type TrustLevel = 'verified' | 'intact' | 'not-trusted';

export interface VerifyOptions {
  /** Without one the best a bundle can be is `intact`. */
  trustPolicy?: TrustPolicy | undefined;
  /** Keys, expiry and age are judged at this time. */
  now: Date;
  state?: MonotonicState | undefined;
  /** The file about to be deployed, under the path by which the deployment knows it. */
  artifactInHand?: BundleFile | undefined;
  limits?: Limits | undefined;
}

interface Found {
  /** SHA-256 of manifest.json, once its content was found whole. */
  identity?: string;
  manifest?: Manifest;
  statement?: Statement;
  /** Ids of the pinned keys that count, in order. */
  signedBy?: readonly string[];
}

export interface Verification extends Found {
  level: TrustLevel;
  checks: readonly Check[];
  problems: readonly Problem[];
  notes: readonly string[];
  signedBy: readonly string[];
  /** What to remember; moves forward only when the bundle is `verified`. */
  state?: MonotonicState;
}

/**
 * Judges a bundle in memory, without unpacking it and without a network. Pure: the time and the remembered state are given,
 * the new state is returned. A bad bundle is a value, never an error.
 */
export const verifyBundle = (source: BundleSource, options: VerifyOptions): Verification => {
  // Every comparison with such a time is false, which would read as "not expired".
  if (Number.isNaN(options.now.getTime())) throw new TypeError('verifyBundle: now is not a time');
  const log = new CheckLog();
  const found: Found = {};
  try {
    judge(source, options, log, found);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  log.close();
  const { checks, problems, notes } = log;
  const level = levelOf(checks, found);
  const state = level === 'verified' ? remember(found, options) : options.state;
  return { level, checks, problems, notes, signedBy: [], ...found, ...(state === undefined ? {} : { state }) };
};

/** `verified` is earned, not left over: the signature check itself must have been made and passed. */
const levelOf = (checks: readonly Check[], found: Found): TrustLevel => {
  if (checks.some((check) => check.ok === false)) return 'not-trusted';
  const signed = checks.some((check) => check.name === 'signature' && check.ok === true);
  return signed && (found.signedBy?.length ?? 0) > 0 ? 'verified' : 'intact';
};

const remember = ({ statement, identity }: Found, { state, now }: VerifyOptions): MonotonicState | undefined =>
  statement === undefined || identity === undefined ? state : advance(state, statement.predicate, identity, now);

/** The checks, in their order. `found` grows only by what was checked. */
const judge = (source: BundleSource, options: VerifyOptions, log: CheckLog, found: Found): void => {
  const { trustPolicy, artifactInHand } = options;
  const tree = log.run('archive', () => {
    const read = readTree(source, options.limits ?? defaultLimits);
    return [read, `${read.files.size} files in a ${read.mtime === undefined ? 'folder' : 'canonical archive'}`];
  });
  const envelope = checkEnvelope(tree, trustPolicy, log);
  const signedBy = checkSignature(envelope, options, log);
  if (signedBy !== undefined) found.signedBy = signedBy;
  const statement = checkStatement(envelope, log);
  if (statement !== undefined) found.statement = statement;
  const { manifest, identity } = log.run('contents', () => {
    const whole = compareContents(tree, statement);
    return [whole, `all ${whole.manifest.members.length} members are there and unchanged`];
  });
  found.manifest = manifest;
  found.identity = identity;
  log.run('schemas', () => {
    compareFormat(manifest, statement, trustPolicy);
    return [undefined, `format ${manifest.formatVersion}`];
  });
  checkFreshness(statement, identity, options, log);
  if (artifactInHand === undefined) log.skip('artifact', 'not made: no artifact was given');
  else {
    log.run('artifact', () => {
      compareArtifact(artifactInHand, statement?.subjects ?? []);
      return [undefined, `${quote(artifactInHand.path)} is the file that was judged`];
    });
  }
};

const checkEnvelope = (tree: Tree, policy: TrustPolicy | undefined, log: CheckLog): Envelope | undefined => {
  const bytes = tree.files.get(attestationPath);
  if (bytes === undefined && policy === undefined) {
    log.skip('envelope', 'not made: the bundle carries no attestation');
    return undefined;
  }
  return log.run('envelope', () => {
    if (bytes === undefined) refuseIfAny([`${attestationPath} is missing: the bundle is not signed`]);
    const envelope = parseEnvelope(bytes ?? new Uint8Array(0));
    if (envelope.payloadType !== payloadType) refuseIfAny([`the envelope does not hold ${payloadType}`]);
    return [envelope, `${envelope.signatures.length} signatures over ${envelope.payload.length} bytes`];
  });
};

const checkSignature = (
  envelope: Envelope | undefined,
  { trustPolicy, now }: VerifyOptions,
  log: CheckLog,
): readonly string[] | undefined => {
  if (trustPolicy === undefined || envelope === undefined) {
    log.skip('signature', 'not made: no trust policy was given, so no key is trusted');
    return undefined;
  }
  return log.run('signature', () => {
    const { signedBy, problems, notes } = countSignatures(envelope, trustPolicy, now);
    refuseIfAny(problems);
    log.notes.push(...notes);
    const ids = signedBy.map((key) => key.keyid);
    return [ids, `signed by ${ids.join(', ')}`];
  });
};

/** Parses the very bytes whose signature was checked. */
const checkStatement = (envelope: Envelope | undefined, log: CheckLog): Statement | undefined => {
  if (envelope === undefined) {
    log.skip('statement', 'not made: the bundle carries no attestation');
    return undefined;
  }
  return log.run('statement', () => {
    const statement = parseStatement(envelope.payload);
    const { systemId, environment, sequence } = statement.predicate;
    return [statement, `number ${sequence} of ${systemId} in ${environment}`];
  });
};

const checkFreshness = (
  statement: Statement | undefined,
  identity: string,
  { trustPolicy, now, state }: VerifyOptions,
  log: CheckLog,
): void => {
  if (statement === undefined) {
    log.skip('freshness', 'not made: only an attestation says when the evidence was collected');
    return;
  }
  log.run('freshness', () => {
    const { predicate } = statement;
    const { problems, notes } = freshnessOf(predicate, identity, now, { maxAge: trustPolicy?.maxAge, state });
    refuseIfAny(problems);
    log.notes.push(...notes);
    return [undefined, `collected ${predicate.collectedAt}, holds until ${predicate.expiresAt}`];
  });
};
