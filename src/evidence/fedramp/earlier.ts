import type { Verdict } from '#model/verdict.js';

/** What earlier evidence of the same system said, kept in the bundle as a fact so that what changed can be worked out again. */
export interface Earlier {
  from: 'bundle' | 'ledger';
  /** SHA-256 of the bundle's manifest: its identity. */
  bundle: string;
  /** `verified`: signed by a pinned key. `intact`: only the digests hold, or the ledger's own chain. */
  trust: 'verified' | 'intact';
  sequence: number;
  environment: string;
  /** ISO 8601. */
  collectedAt: string;
  baseline: string;
  /** Worst verdict by control id. */
  controls: Readonly<Record<string, Verdict>>;
  /** UUID of a risk → the day it was known of, `YYYY-MM-DD`. A ledger does not hold it. */
  detected?: Readonly<Record<string, string>>;
  /** What a ledger does not hold. */
  state?: BundleState;
}

/** What of a bundle is compared besides what was found. */
export interface BundleState {
  /** Path → SHA-256. */
  manifests: Readonly<Record<string, string>>;
  /** Name → kind. */
  endpoints: Readonly<Record<string, string>>;
  regions: readonly string[];
  controlData: string;
  toolVersion: string;
}
