import { canonicalBytes, parseCanonical } from './canonical-json.js';
import { constantAt, digestAt, instantAt, integerAt, listAt, misshapen, nameAt, objectAt } from './shape.js';
import type { Predicate } from './statement.js';

/** The newest bundle of one system in one environment that was verified here. */
export interface ChainHead {
  systemId: string;
  environment: string;
  sequence: number;
  /** SHA-256 of its manifest. */
  manifest: string;
  collectedAt: string;
}

/** What a verifier (or a maker) of bundles remembers. It only moves forward; the caller keeps it in a file. */
export interface MonotonicState {
  /** The latest time this verifier has seen, ISO 8601 in UTC. */
  clock: string;
  /** Sorted by system, then environment. */
  heads: readonly ChainHead[];
}

const format = 'rampart-monotonic-state';

export const headOf = (
  state: MonotonicState | undefined,
  of: Pick<Predicate, 'systemId' | 'environment'>,
): ChainHead | undefined =>
  state?.heads.find((head) => head.systemId === of.systemId && head.environment === of.environment);

/** The sequence and previous digest the next bundle must carry. */
export const nextInChain = (
  state: MonotonicState | undefined,
  of: Pick<Predicate, 'systemId' | 'environment'>,
): Pick<Predicate, 'sequence' | 'previous'> => {
  const head = headOf(state, of);
  return head === undefined
    ? { sequence: 1, previous: null }
    : { sequence: head.sequence + 1, previous: head.manifest };
};

/** The state after a bundle was verified (or sealed) at `now`. Never goes back. */
export const advance = (
  state: MonotonicState | undefined,
  predicate: Predicate,
  manifest: string,
  now: Date,
): MonotonicState => {
  const time = now.toISOString();
  const clock = state !== undefined && Date.parse(state.clock) > now.getTime() ? state.clock : time;
  const head = headOf(state, predicate);
  if (head !== undefined && head.sequence >= predicate.sequence) return { clock, heads: state?.heads ?? [] };
  const { systemId, environment, sequence, collectedAt } = predicate;
  const others = (state?.heads ?? []).filter((other) => other !== head);
  const heads = [...others, { systemId, environment, sequence, manifest, collectedAt }];
  return { clock, heads: heads.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
};

/** Names hold no slash, so this is unambiguous. */
const nameOf = (head: ChainHead): string => `${head.systemId}/${head.environment}`;

export const encodeMonotonicState = (state: MonotonicState): Uint8Array =>
  canonicalBytes({ format, formatVersion: 1, clock: state.clock, heads: state.heads });

export const parseMonotonicState = (bytes: Uint8Array): MonotonicState => {
  const outer = objectAt(parseCanonical(bytes, 'the state file'), '$', ['format', 'formatVersion', 'clock', 'heads']);
  constantAt(outer.format, '$.format', format);
  constantAt(outer.formatVersion, '$.formatVersion', 1);
  const heads = listAt(outer.heads, '$.heads', 0, 100_000).map((value, i) => {
    const at = `$.heads[${i}]`;
    const item = objectAt(value, at, ['systemId', 'environment', 'sequence', 'manifest', 'collectedAt']);
    return {
      systemId: nameAt(item.systemId, `${at}.systemId`),
      environment: nameAt(item.environment, `${at}.environment`),
      sequence: integerAt(item.sequence, `${at}.sequence`, 1, Number.MAX_SAFE_INTEGER),
      manifest: digestAt(item.manifest, `${at}.manifest`, 256),
      collectedAt: instantAt(item.collectedAt, `${at}.collectedAt`),
    };
  });
  if (new Set(heads.map(nameOf)).size !== heads.length) throw misshapen('$.heads', 'names one system twice');
  return { clock: instantAt(outer.clock, '$.clock'), heads };
};
