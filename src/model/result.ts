import type { AcceptedOutcome } from './accepted.js';
import type { Problem } from './error.js';
import type { Finding } from './finding.js';
import type { GateOutcome, Profile } from './gate.js';
import type { ManifestLanguage } from './requirement.js';
import type { UnusedWaiver, WaiverProblem } from './waiver.js';

/** Of the JSON that `check --format json` prints. The first number changes when something is taken away or means another thing. */
export const resultSchemaVersion = '1.1';

/** What one run of the gate looked at and found. */
export interface Result {
  tool: { name: 'rampart'; version: string };
  /** Baseline judged against. */
  baseline: string;
  /** Digest of the control data stood on. */
  controlData: string;
  /** Whether a system file said what the system needs; without one, nothing is called missing. */
  system?: string;
  /** `data` names the user's boundary files the judgement stands on beside what is shipped. */
  boundary: { partition: string; regions: readonly string[]; data?: readonly string[] };
  files: readonly FileResult[];
  /** Resources by type, of the types no requirement names: nothing is said of them. Absent when only some requirements were judged. */
  withoutRequirement?: Readonly<Record<string, number>>;
  findings: readonly Finding[];
  /** Set when only some requirements were judged: such a run says nothing of the others. */
  profile?: Profile;
  /** Waivers that speak of nothing this run looked at; absent when there are none. */
  unusedWaivers?: readonly UnusedWaiver[];
  /** Waivers with something wrong; each blocks. Absent when there are none. */
  waiverProblems?: readonly WaiverProblem[];
  /** What a baseline file of accepted findings came to. */
  accepted?: AcceptedOutcome;
  /** What the run came to; set by the gate, absent where nothing is decided. */
  gate?: GateOutcome;
}

export interface FileResult {
  file: string;
  /** `ignored`: left out because somebody asked for it, or a folder that is never looked into. */
  status: 'judged' | 'not-a-manifest' | 'not-readable' | 'ignored';
  /** Of a file that was judged. */
  language?: ManifestLanguage;
  /** Resources read. */
  resources: number;
  /** Why it was not judged, or constructs that were not followed. */
  notes: readonly Problem[];
  /** Of a nested template: the files it was judged as a part of, and not by itself. */
  partOf?: readonly string[];
  /** Of a stack of a cloud assembly of the CDK: the assembly's manifest, which says where it goes and with which parameters. */
  assembly?: string;
  /** What to do about a file that could not be read. */
  next?: string;
  /** In evidence: SHA-256 of a file that an ignore file left out. */
  sha256?: string;
}

export type Summary = Record<Finding['verdict'], number>;

/** Number of findings with each verdict. */
export function summarize(findings: readonly Finding[]): Summary {
  const summary: Summary = { error: 0, fail: 0, unknown: 0, waived: 0, pass: 0, 'not-applicable': 0 };
  for (const finding of findings) summary[finding.verdict] += 1;
  return summary;
}
