import { RampartError } from '#model/error.js';
import { verifySignature } from './algorithm.js';
import { type Envelope, pae } from './dsse.js';
import type { Signer } from './sign.js';
import { mayCount, type TrustedKey, type TrustPolicy } from './trust-policy.js';

export interface Signatures {
  /** Pinned keys whose signature counts, in order of key id. */
  signedBy: readonly TrustedKey[];
  problems: string[];
  notes: string[];
}

/** Why a key does not count at a time; undefined when it does. No signature carries a time one could trust instead. */
const keyProblem = (policy: TrustPolicy, key: TrustedKey, now: Date): string | undefined => {
  const time = now.getTime();
  if (!mayCount(policy, key)) return `has none of the roles ${policy.allowedRoles.join(', ')}`;
  if (time < Date.parse(key.notBefore)) return `is not valid before ${key.notBefore}`;
  if (time >= Date.parse(key.notAfter)) return `was valid until ${key.notAfter}`;
  if (key.revokedAt !== undefined && time >= Date.parse(key.revokedAt)) return `was revoked at ${key.revokedAt}`;
  const revoked = policy.revoked.find(({ keyid, from }) => keyid === key.keyid && time >= Date.parse(from));
  if (revoked) return `was revoked from ${revoked.from} on${revoked.reason ? ` (${revoked.reason})` : ''}`;
  return undefined;
};

/**
 * Which pinned keys signed the envelope, and whether they are enough. Key and algorithm come from the policy alone. Every
 * signature is tried with every pinned key; one that names a pinned key by its id and is not of it, or is of a pinned key
 * and names another, is a forgery and spoils the whole envelope. Signatures of keys the policy does not know are ignored.
 */
export const countSignatures = (envelope: Envelope, policy: TrustPolicy, now: Date): Signatures => {
  const bytes = pae(envelope.payloadType, envelope.payload);
  const problems: string[] = [];
  const notes: string[] = [];
  const signedBy = new Map<string, TrustedKey>();
  let forged = false;
  for (const { keyid, sig } of envelope.signatures) {
    const key = policy.keys.find((candidate) => verifySignature(candidate.key, candidate.algorithm, bytes, sig));
    if (key === undefined && !policy.keys.some((candidate) => candidate.keyid === keyid)) {
      notes.push(`a signature names the key ${keyid}, which the trust policy does not know`);
    } else if (key === undefined || key.keyid !== keyid) {
      forged = true;
      problems.push(`a signature names the key ${keyid} but is not of it`);
    } else {
      const problem = keyProblem(policy, key, now);
      if (problem === undefined) signedBy.set(key.keyid, key);
      else problems.push(`the key ${keyid} ${problem}`);
    }
  }
  const missing = missingFrom([...signedBy.values()], policy);
  if (missing.length === 0 && !forged) {
    return { signedBy: [...signedBy.values()], problems: [], notes: [...notes, ...problems] };
  }
  problems.unshift(...missing);
  return { signedBy: [], problems: [...problems, ...notes], notes: [] };
};

/** Each threshold that is not met. */
const missingFrom = (signedBy: readonly TrustedKey[], { threshold, thresholds }: TrustPolicy): string[] => {
  const missing = [...thresholds].flatMap(([role, count]) => {
    const having = signedBy.filter((key) => key.roles.includes(role)).length;
    return having >= count ? [] : [`${having} of the ${count} needed keys with the role ${role} signed it`];
  });
  if (signedBy.length < threshold) {
    missing.unshift(`${signedBy.length} of the ${threshold} needed pinned keys signed it`);
  }
  return missing;
};

/** Throws unless a bundle that this signer signs now would count: a key nobody trusts should not be found out by a verifier. */
export const assertPinned = (policy: TrustPolicy, signer: Signer, now: Date): void => {
  const key = policy.keys.find(({ keyid }) => keyid === signer.keyid);
  const problem =
    key === undefined
      ? 'is not pinned by the trust policy'
      : key.algorithm === signer.algorithm
        ? keyProblem(policy, key, now)
        : `signs by ${signer.algorithm}, and the trust policy wants ${key.algorithm}`;
  if (problem === undefined) return;
  throw new RampartError('RAMPART_KEY_NOT_PINNED', `the key ${signer.keyid} ${problem}; nothing was signed`, {
    exit: 'untrusted',
    next: 'Name the key that the trust policy pins, or have whoever keeps the policy add this one.',
  });
};
