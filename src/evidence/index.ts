export { type Algorithm, algorithms, type EcdsaAlgorithm } from './algorithm.js';
export { type SealedBundle, type SealRequest, sealBundle } from './bundle.js';
export { canonicalBytes, canonicalJson, parseCanonical } from './canonical-json.js';
export { type Check, type CheckName, checkNames } from './check-log.js';
export { type BundleSource, filesOf, readMember } from './contents.js';
export { type Cosigned, cosign } from './cosign.js';
export { type Digests, digestsOf, sameDigests, sha256 } from './digest.js';
export { parseEnvelope } from './dsse.js';
export { generateKey, type KeyPair, type PublicKey, parsePublicKey } from './key.js';
export { encodeEntry, type Ledger, type LedgerEntry, parseLedger } from './ledger.js';
export {
  encodeProof,
  holdsProof,
  type LedgerProof,
  parseHead,
  parseProof,
  proveConsistency,
  proveInclusion,
  rootAt,
  type TreeHead,
} from './ledger-proof.js';
export { attestationPath, type Manifest, type ManifestEntry, manifestPath, verdictPath } from './manifest.js';
export { assertPaths, type BundleFile, byPath } from './member-path.js';
export {
  advance,
  encodeMonotonicState,
  type MonotonicState,
  nextInChain,
  parseMonotonicState,
} from './monotonic-state.js';
export { pseudonym, pseudonymizeArns } from './pseudonym.js';
export { assertNoSecrets, findSecrets, type SecretHit } from './redaction.js';
export { sealVerdict } from './seal-verdict.js';
export { localSigner, type RemoteKey, remotePublicKey, remoteSigner, type Signer } from './sign.js';
export { sigstoreBundle } from './sigstore.js';
export { type StampHash, stampHashes } from './stamp.js';
export { stampable, stamped } from './stamp-bundle.js';
export { stampReader } from './stamp-reader.js';
export type { Predicate, Statement, Subject } from './statement.js';
export { assertPinned } from './threshold.js';
export {
  certificateAt,
  draftTrustPolicy,
  parseTrustPolicy,
  type TrustedKey,
  type TrustPolicy,
} from './trust-policy.js';
export { defaultLimits, type Limits } from './ustar.js';
export {
  encodeVerdict,
  type Judged,
  type JudgedKind,
  type JudgedSubject,
  judgedSubjects,
  parseVerdict,
  type Verdict,
} from './verdict.js';
export { type TrustLevel, type Verification, type VerifyOptions, verifyBundle } from './verify.js';
export { verifyVerdict } from './verify-verdict.js';
