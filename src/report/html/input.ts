import type { Control } from '#model/control.js';
import type { Indicator } from '#model/fedramp-rules.js';
import type { Finding } from '#model/finding.js';
import type { ModelRecords } from '#model/model-record.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import { isBlocking } from '#model/verdict.js';
import { holdsOn, type WaiverProblem } from '#model/waiver.js';
import type { Laid } from '../diagram/layout.js';

export interface JudgedFile {
  path: string;
  sha256: string;
  /** Resources read in it, where that is known. */
  resources?: number | undefined;
}

export interface HtmlReportInput {
  plan?: Plan;
  /** The boundary of the planned system, laid out. */
  drawing?: Laid;
  /** What is on record of the models of the planned system. */
  records?: ModelRecords;
  findings: readonly Finding[];
  /** The files that were judged, as they are kept beside the report. */
  manifests?: readonly JudgedFile[];
  observations?: readonly Observation[];
  system: { id: string; name: string };
  /** With `controls`, coverage is told against all the baseline selects, otherwise only of what was judged. */
  baseline: { title: string; controls?: readonly string[] };
  /** Key Security Indicators of the baseline, where it is of a FedRAMP class. */
  indicators?: readonly (Pick<Indicator, 'id' | 'theme' | 'controls'> & { force: 'required' | 'optional' })[];
  /** Titles of controls, where they are known. */
  controls?: readonly Control[];
  /** Titles of control families by their lower-case letters, where they are known. */
  families?: Readonly<Record<string, string>>;
  toolVersion: string;
  /** SHA-256 of the control data, hex. */
  controlDataDigest: string;
  /** Versions and dates of the data the judgement stands on. */
  sources: readonly string[];
  /** ISO 8601. */
  time: string;
  /** What the run did not look at, one sentence each. */
  notLookedAt: readonly string[];
  /** Waivers with something wrong; each blocks. */
  waiverProblems?: readonly WaiverProblem[];
}

/** Whether a finding is open on a day: a waiver that is missing or has run out is no waiver. */
export const isOpen = ({ verdict, waiver }: Finding, day: string): boolean =>
  isBlocking(verdict) || (verdict === 'waived' && !(waiver && holdsOn(waiver, day)));

/** Whether it blocks. What the thresholds let by stays open, and no pass. */
export const blocks = (finding: Finding, day: string): boolean =>
  finding.toleratedBy === undefined && isOpen(finding, day);

/** Findings of one requirement, worst first. */
export interface Group {
  requirement: string;
  findings: readonly Finding[];
}

export const dayOf = ({ time }: HtmlReportInput): string => time.slice(0, 10);
