import { joined } from '#check/share.js';
import { beside, cores } from '#io/beside.js';
import type { Part } from '#model/part.js';
import type { GateOptions, Source } from './gate.js';
import { readOf, withoutIn } from './parts.js';

const filesPerThread = 125;
const mostThreads = 4;

/** How many threads suit this machine and so many files. V8 optimises and collects garbage in threads of its own: each judging one keeps two cores busy. */
export const threadsFor = (files: number, available = cores()): number =>
  Math.min(mostThreads, Math.floor(available / 2), Math.floor(files / filesPerThread));

/** What a thread judges: one share of a run, as `rampart check --shard` would. */
export interface ShareWanted {
  paths: readonly string[];
  options: GateOptions;
  version: string;
  shard: number;
  of: number;
  passes?: 'counted' | undefined;
}

/**
 * A run whose files are judged by several threads, each its share: together they say what one would. Where a thread does not
 * come to its end (memory, a system that allows none) or they did not read the same, `alone` does all of it.
 */
export function inThreads(wanted: Omit<ShareWanted, 'shard'>, alone: Source): Source {
  let parts: readonly Part[] | undefined;
  const worker = new URL(import.meta.url.endsWith('.ts') ? 'share-worker.ts' : 'share-worker.js', import.meta.url);
  return {
    read: async (given) => {
      const shares = Array.from({ length: wanted.of }, (_, index): ShareWanted => ({ ...wanted, shard: index + 1 }));
      const judged = await Promise.all(shares.map((share) => beside<Part>(worker, share))).catch(() => undefined);
      parts = judged && areOfOneRun(judged) ? judged : undefined;
      return parts ? readOf(parts) : alone.read(given);
    },
    findings: (manifests, against) => (parts ? joined(parts) : alone.findings(manifests, against)),
    withoutRequirement: (manifests, requirements) =>
      parts ? withoutIn(parts) : alone.withoutRequirement(manifests, requirements),
  };
}

/** Each thread reads by itself: a file that changes meanwhile would be judged half as it was. */
export const areOfOneRun = ([first, ...others]: readonly Part[]): boolean =>
  others.every((other) => other.inputs === first?.inputs && other.against === first.against);
