import type { MonotonicState } from './monotonic-state.js';
import { headOf } from './monotonic-state.js';
import type { Predicate } from './statement.js';

/** Clocks of two machines may differ by this much, in milliseconds. */
export const skew = 5 * 60_000;

export interface Freshness {
  problems: string[];
  /** True things a reader should know that do not make the bundle stale. */
  notes: string[];
}

/**
 * Whether a bundle is of now, and not older than one seen before. `maxAge` in seconds; `manifest` is the SHA-256 of the
 * bundle's manifest.
 */
export const freshnessOf = (
  predicate: Predicate,
  manifest: string,
  now: Date,
  options: { maxAge?: number | undefined; state?: MonotonicState | undefined },
): Freshness => {
  const time = now.getTime();
  const collected = Date.parse(predicate.collectedAt);
  const problems: string[] = [];
  if (collected > time + skew) problems.push(`it was collected at ${predicate.collectedAt}, which is in the future`);
  if (Date.parse(predicate.expiresAt) <= time) problems.push(`it expired at ${predicate.expiresAt}`);
  if (options.maxAge !== undefined && time - collected > options.maxAge * 1000) {
    problems.push(
      `it was collected at ${predicate.collectedAt}, longer ago than the trust policy's ${options.maxAge} s`,
    );
  }
  const { state } = options;
  if (state !== undefined && time < Date.parse(state.clock) - skew) {
    problems.push(`the clock says ${now.toISOString()}, but ${state.clock} was seen before: it was set back`);
  }
  const chain = chainOf(predicate, manifest, state);
  return { problems: [...problems, ...chain.problems], notes: chain.notes };
};

/** Replay, forks and gaps against what was seen before. Seeing the newest bundle again is fine. */
const chainOf = (predicate: Predicate, manifest: string, state: MonotonicState | undefined): Freshness => {
  const head = headOf(state, predicate);
  if (head === undefined) {
    const first = 'no bundle of this system and environment was seen here before, so an older one would pass too';
    return { problems: [], notes: state === undefined ? [] : [first] };
  }
  const { sequence } = predicate;
  const problems: string[] = [];
  const notes: string[] = [];
  if (sequence < head.sequence) {
    problems.push(`it is number ${sequence}, but number ${head.sequence} was seen before: an older bundle is replayed`);
  } else if (sequence === head.sequence) {
    if (manifest !== head.manifest) problems.push(`another bundle with number ${sequence} was seen before`);
  } else if (Date.parse(predicate.collectedAt) < Date.parse(head.collectedAt)) {
    problems.push(`it is newer than number ${head.sequence} by number but older by time: a clock was set back`);
  }
  if (sequence === head.sequence + 1 && predicate.previous !== head.manifest) {
    problems.push(`it does not follow number ${head.sequence} as seen before: its previous digest is another`);
  }
  for (let missing = head.sequence + 1; missing < sequence; missing++) {
    // A hostile number could name billions of missing links.
    if (notes.length === 20) {
      notes.push(`and ${sequence - missing} more up to number ${sequence - 1}`);
      break;
    }
    notes.push(`number ${missing} was never seen here, so the chain is not proven across it`);
  }
  return { problems, notes };
};
