import type { Finding } from './finding.js';
import type { FileResult } from './result.js';

/** What one shard of a run hands on: `rampart check --shard` prints it, `rampart merge` reads it. */
export interface Part {
  rampart: 'part';
  /** Of this shape. */
  format: 1;
  version: string;
  /** Counted from 1. */
  shard: number;
  of: number;
  baseline: string;
  controlData: string;
  system?: string;
  /** Digest of the requirements, settings and boundary judged against. */
  against: string;
  /** Digest of all that was read, and of the parameters it was read with: every shard of a run reads the same. */
  inputs: string;
  /** Number of manifests of the whole run. */
  manifests: number;
  /** What is said of each file of the whole run. */
  files: readonly FileResult[];
  /** Before waivers: those are put to the findings of the whole run. */
  found: readonly { manifest: number; findings: readonly Finding[] }[];
  needed: readonly { missing: Finding; candidates: readonly { manifest: number; finding: Finding }[] }[];
  /** File → its text as it may be shown, of the manifests judged here. */
  sources: Readonly<Record<string, string>>;
}
