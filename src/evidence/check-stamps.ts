import { createHash, type X509Certificate } from 'node:crypto';
import { refuseIfAny } from './check-log.js';
import type { Tree } from './contents.js';
import type { Envelope } from './dsse.js';
import { skew } from './freshness.js';
import type { ReadStamp, Stamp } from './stamp.js';
import { isStampPath, stampPath } from './stamp-path.js';
import type { TrustPolicy } from './trust-policy.js';

/** When a signature existed at the latest, by the word of an authority. */
export interface StampedTime {
  keyid: string;
  /** ISO 8601 in UTC. */
  time: string;
  /** Whether the trust policy pins the authority. */
  pinned: boolean;
}

/** What must hold between the stamps of a bundle and everything else that is known when they are judged. */
export interface StampContext {
  envelope: Envelope;
  policy: TrustPolicy | undefined;
  signedBy: readonly string[];
  collectedAt: string;
  now: Date;
  readStamp: ReadStamp | undefined;
}

/**
 * Every stamp must be whole and over a signature of the envelope; where the policy pins authorities, each must be of one of
 * them, and where it demands stamps, every signature that counts must have one. A stamp never makes a key count that does not
 * count today.
 */
export const checkStamps = (tree: Tree, context: StampContext): StampedTime[] => {
  const { envelope, policy, signedBy } = context;
  const signatures = new Map(envelope.signatures.map(({ keyid, sig }) => [stampPath(keyid), { keyid, sig }]));
  const problems: string[] = [];
  const stamped: StampedTime[] = [];
  for (const [path, token] of tree.files) {
    if (!isStampPath(path)) continue;
    const signature = signatures.get(path);
    if (signature === undefined) problems.push(`${path} is the timestamp of a signature that is not there`);
    else stamped.push(checkStamp(token, signature, context));
  }
  if (policy?.timestamps?.required) {
    for (const keyid of signedBy) {
      if (!stamped.some((stamp) => stamp.keyid === keyid)) {
        problems.push(`the signature of ${keyid} has no timestamp, which the trust policy demands`);
      }
    }
  }
  refuseIfAny(problems);
  return stamped;
};

const checkStamp = (
  token: Uint8Array,
  { keyid, sig }: { keyid: string; sig: Uint8Array },
  { readStamp, policy, collectedAt, now }: StampContext,
): StampedTime => {
  if (readStamp === undefined) throw new TypeError('verifyBundle: the bundle has timestamps, and nothing to read them');
  const stamp = readStamp(token);
  assertStampOf(stamp, sig, now);
  const pins = policy?.timestamps?.certificates;
  if (pins) assertPinnedAuthority(stamp, pins, now);
  const time = stamp.time.toISOString();
  if (stamp.time.getTime() < Date.parse(collectedAt) - skew) {
    refuseIfAny([`the timestamp says ${time}, and the evidence was collected later, at ${collectedAt}`]);
  }
  const key = policy?.keys.find((each) => each.keyid === keyid);
  if (pins && key && stamp.time.getTime() < Date.parse(key.notBefore)) {
    refuseIfAny([`the timestamp says ${time}, and the key ${keyid} is not valid before ${key.notBefore}`]);
  }
  return { keyid, time, pinned: pins !== undefined };
};

/** The stamp is over this signature, and not of a time that has not come. */
export const assertStampOf = ({ imprint, time }: Stamp, signature: Uint8Array, now: Date): void => {
  if (!createHash(imprint.hash).update(signature).digest().equals(imprint.digest)) {
    refuseIfAny(['the timestamp is over another signature']);
  }
  if (time.getTime() > now.getTime() + skew) {
    refuseIfAny([`the timestamp says ${time.toISOString()}, which is in the future`]);
  }
};

/**
 * The certificate is pinned itself, or issued by a pinned one, and both hold today as they held at the time of the stamp. After
 * its end nobody publishes any more whether a certificate was revoked.
 */
export const assertPinnedAuthority = (
  { certificate, time }: Stamp,
  pins: readonly X509Certificate[],
  now: Date,
): void => {
  const itself = pins.find((pin) => pin.raw.equals(certificate.raw));
  const issuer = pins.find((pin) => pin.ca && certificate.checkIssued(pin) && certificate.verify(pin.publicKey));
  const pin = itself ?? issuer;
  if (pin === undefined) {
    const named = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    refuseIfAny([`the timestamp is of an authority that is not pinned (certificate sha256:${named})`]);
  }
  for (const each of new Set([certificate, pin])) {
    if (each === undefined) continue;
    for (const at of [time, now]) {
      if (at.getTime() < Date.parse(each.validFrom) || at.getTime() >= Date.parse(each.validTo)) {
        refuseIfAny([`a certificate of the timestamp authority does not hold at ${at.toISOString()}`]);
      }
    }
  }
};
