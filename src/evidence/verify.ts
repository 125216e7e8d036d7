import type { Problem } from '#model/error.js';
import { type Check, CheckLog, refuseIfAny, Stopped } from './check-log.js';
import { checkStamps, type StampedTime } from './check-stamps.js';
import { type BundleSource, compareContents, compareFormat, readTree, type Tree } from './contents.js';
import { sameDigests, sha256 } from './digest.js';
import { type Envelope, parseEnvelope, signaturesOf } from './dsse.js';
import { freshnessOf } from './freshness.js';
import { checkInHand, describeVerdict } from './in-hand.js';
import { attestationPath, type Manifest, verdictPath } from './manifest.js';
import { advance, type MonotonicState } from './monotonic-state.js';
import type { ReadStamp } from './stamp.js';
import { isStampPath } from './stamp-path.js';
import { parseStatement, payloadType, type Statement, type Subject } from './statement.js';
import { countSignatures } from './threshold.js';
import type { TrustPolicy } from './trust-policy.js';
import { defaultLimits, type Limits } from './ustar.js';
import { baselineProblems, type Judged, parseVerdict, type Verdict } from './verdict.js';

/** `verified`: signed by pinned keys. `intact`: whole, but nobody vouches for it. `not-trusted`: some check failed. */
export type TrustLevel = 'verified' | 'intact' | 'not-trusted';

export interface VerifyOptions {
  /** Without one the best a bundle can be is `intact`. */
  trustPolicy?: TrustPolicy | undefined;
  /** Keys, expiry and age are judged at this time. */
  now: Date;
  /** Set where evidence may have run out, as that of an earlier day that is compared with another: only what is of the future is refused. */
  mayBeOld?: true | undefined;
  state?: MonotonicState | undefined;
  /** What is about to be deployed; none when nothing is. */
  inHand?: readonly Judged[] | undefined;
  limits?: Limits | undefined;
  /** What `stampReader` gives for the bundle. A bundle with timestamps is not judged without. */
  readStamp?: ReadStamp | undefined;
}

interface Found {
  verdict?: Verdict;
  /** SHA-256 of manifest.json, once its content was found whole. */
  identity?: string;
  manifest?: Manifest;
  statement?: Statement;
  /** Ids of the pinned keys that count, in order. */
  signedBy?: readonly string[];
  /** When signatures existed at the latest. */
  timestamps?: readonly StampedTime[];
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
export const levelOf = (checks: readonly Check[], found: { signedBy?: readonly string[] }): TrustLevel => {
  if (checks.some((check) => check.ok === false)) return 'not-trusted';
  const signed = checks.some((check) => check.name === 'signature' && check.ok === true);
  return signed && (found.signedBy?.length ?? 0) > 0 ? 'verified' : 'intact';
};

const remember = ({ statement, identity }: Found, { state, now }: VerifyOptions): MonotonicState | undefined =>
  statement === undefined || identity === undefined ? state : advance(state, statement.predicate, identity, now);

/** The checks, in their order. `found` grows only by what was checked. */
const judge = (source: BundleSource, options: VerifyOptions, log: CheckLog, found: Found): void => {
  const { trustPolicy } = options;
  const tree = log.run('archive', () => {
    const read = readTree(source, options.limits ?? defaultLimits);
    return [read, `${read.files.size} files in a ${read.mtime === undefined ? 'folder' : 'canonical archive'}`];
  });
  const envelope = checkEnvelope(tree, trustPolicy, log);
  const signedBy = checkSignature(envelope, options, log);
  if (signedBy !== undefined) found.signedBy = signedBy;
  const statement = checkStatement(envelope, log);
  if (statement !== undefined) found.statement = statement;
  const timestamps = checkTimestamps(tree, envelope, found, options, log);
  if (timestamps !== undefined) found.timestamps = timestamps;
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
  const verdict = checkVerdict(tree, statement, identity, options, log);
  if (verdict !== undefined) found.verdict = verdict;
  checkInHand(verdict, options, log);
};

/** The gate's verdict must be the one the bundle was sealed with, and speak of what the bundle speaks of. */
const checkVerdict = (
  tree: Tree,
  statement: Statement | undefined,
  identity: string,
  options: VerifyOptions,
  log: CheckLog,
): Verdict | undefined => {
  const promised = statement?.predicate.verdict;
  if (statement === undefined || promised === undefined) {
    if (options.trustPolicy?.baselines === undefined)
      log.skip('verdict', 'not made: the bundle states no verdict of the gate');
    else
      log.run('verdict', () => [
        refuseIfAny(['the trust policy names baselines, and the bundle states no verdict']),
        '',
      ]);
    return undefined;
  }
  return log.run('verdict', () => {
    const bytes = tree.files.get(verdictPath);
    if (bytes === undefined) refuseIfAny([`${verdictPath} is missing: the verdict was taken away`]);
    const envelope = parseEnvelope(bytes ?? new Uint8Array(0));
    if (envelope.payloadType !== payloadType) refuseIfAny([`the envelope does not hold ${payloadType}`]);
    if (options.trustPolicy !== undefined)
      refuseIfAny(countSignatures(envelope, options.trustPolicy, options.now).problems);
    if (sha256(envelope.payload) !== promised) refuseIfAny(['the verdict is not the one the bundle was sealed with']);
    const verdict = parseVerdict(envelope.payload);
    if (verdict.manifest !== identity) refuseIfAny(['the verdict is that of another bundle']);
    refuseIfAny([...otherThan(statement, verdict), ...baselineProblems(verdict, options.trustPolicy)]);
    return [verdict, describeVerdict(verdict)];
  });
};

/** What a verdict says otherwise than the statement of its bundle: a policy lets keys speak for the system the statement names. */
const otherThan = ({ subjects, predicate }: Statement, verdict: Verdict): string[] => {
  const { systemId, environment, controlData, tool } = predicate;
  const [, ...artifacts] = subjects;
  const sealed = new Map(artifacts.map(({ name, digest }) => [name, digest]));
  const isSealed = ({ name, digest }: Subject): boolean => {
    const held = sealed.get(name);
    return held !== undefined && sameDigests(held, digest);
  };
  const { system } = verdict;
  return [
    ...(system?.id === systemId && system.environment === environment
      ? []
      : [`the verdict is not of ${systemId} in ${environment}, of which the bundle is`]),
    ...(verdict.subjects.length === sealed.size && verdict.subjects.every(isSealed)
      ? []
      : ['the verdict is not about the files the bundle was signed for']),
    ...(verdict.controlData === controlData && verdict.toolVersion === tool.version
      ? []
      : ['the verdict was not made with what the bundle was made with']),
  ];
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
    return [envelope, `${signaturesOf(envelope)} over ${envelope.payload.length} bytes`];
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

/** Timestamps stand outside the manifest, so they are judged whether or not a policy asks for them. */
const checkTimestamps = (
  tree: Tree,
  envelope: Envelope | undefined,
  { statement, signedBy = [] }: Found,
  { trustPolicy: policy, now, readStamp }: VerifyOptions,
  log: CheckLog,
): readonly StampedTime[] | undefined => {
  const carried = [...tree.files.keys()].filter(isStampPath).length;
  if (envelope === undefined || statement === undefined || (carried === 0 && !policy?.timestamps?.required)) {
    log.skip('timestamp', 'not made: no signature carries a timestamp');
    return undefined;
  }
  const { collectedAt } = statement.predicate;
  return log.run('timestamp', () => {
    const stamped = checkStamps(tree, { envelope, policy, signedBy, collectedAt, now, readStamp });
    const times = stamped.map(({ keyid, time }) => `${keyid} at ${time}`).join(', ');
    const who = policy?.timestamps ? 'a pinned authority' : 'an authority nobody pinned, which proves no time,';
    return [stamped, `${who} says signed by ${times}`];
  });
};

const checkFreshness = (
  statement: Statement | undefined,
  identity: string,
  { trustPolicy, now, mayBeOld, state }: VerifyOptions,
  log: CheckLog,
): void => {
  if (statement === undefined) {
    log.skip('freshness', 'not made: only an attestation says when the evidence was collected');
    return;
  }
  log.run('freshness', () => {
    const { predicate } = statement;
    const collected = new Date(predicate.collectedAt);
    const today = mayBeOld && collected < now ? collected : now;
    const { problems, notes } = freshnessOf(predicate, identity, today, { maxAge: trustPolicy?.maxAge, state });
    refuseIfAny(problems);
    log.notes.push(...notes);
    return [undefined, `collected ${predicate.collectedAt}, holds until ${predicate.expiresAt}`];
  });
};
