import type { Finding } from './finding.js';
import type { ManifestLanguage } from './requirement.js';
import type { FileResult } from './result.js';

/** What one shard of a run hands on: `rampart check --shard` prints it, `rampart merge` reads it. */
export interface Part {
  rampart: 'part';
  /** Of this shape. */
  format: 2;
  version: string;
  /** Counted from 1. */
  shard: number;
  of: number;
  baseline: string;
  controlData: string;
  system?: string;
  /** Digest of the requirements, settings and boundary judged against. */
  against: string;
  /** Digest of all texts of the run, and of the parameters they were read with. */
  inputs: string;
  /** What was to be judged, as it was given. */
  paths: readonly string[];
  /** Whether the run is over a folder, and not only over files picked by name. */
  isWhole: boolean;
  /** What is said of each file of the whole run; null where that is for another shard to say. */
  files: readonly (FileResult | null)[];
  /** Languages of the manifests that were read. */
  languages: readonly ManifestLanguage[];
  /** By the place of their file, before waivers: those are put to the findings of the whole run. */
  found: readonly { file: number; findings: readonly Finding[] }[];
  needed: readonly NeededPart[];
  /** Resources of the manifests judged here by type, of the types no requirement names. */
  withoutRequirement: Readonly<Record<string, number>>;
  /** File → its text as it may be shown, of the manifests judged here. */
  sources: Readonly<Record<string, string>>;
}

/** A resource the system needs, with the candidates of one shard. */
export interface NeededPart {
  /** Counted among those of one requirement. */
  ordinal: number;
  missing: Finding;
  candidates: ({ file: number } & Candidate)[];
}

/** What was found of a resource that may be the one that is needed. */
export interface Candidate {
  finding: Finding;
  /** How many parts of what is needed it does not meet: counted where none will do. */
  lacks: number;
}
