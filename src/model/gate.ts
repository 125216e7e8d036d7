import type { ExitName } from './error.js';
import type { Category } from './requirement.js';
import type { Severity } from './severity.js';

/** What an `unknown` does: it blocks, or it is only warned of. It is never a pass. */
export type OnUnknown = 'fail' | 'warn';

export const onUnknown: readonly OnUnknown[] = ['fail', 'warn'];

/** From which severity on a finding blocks. Critical ones always do. */
export interface Thresholds {
  failOn: Severity;
  unknown: OnUnknown;
  /** Categories with a threshold of their own. */
  categories: Readonly<Partial<Record<Category, Severity>>>;
}

/** Thresholds as far as somebody stated them, in a system file or on a command line. */
export type StatedThresholds = Partial<Thresholds>;

/** How long a waiver may last, and how much one may cover. */
export interface WaiverLimits {
  /** Days from approval to the last day it holds, by severity of the requirement. */
  maxDays: Readonly<Record<Severity, number>>;
  /** Most findings one waiver may stand for. */
  mostFindings: number;
}

/** The `gate` section of a system file: what the system's owner wants of every run. */
export interface GatePolicy extends StatedThresholds {
  waivers?: { maxDays?: Partial<WaiverLimits['maxDays']>; mostFindings?: number };
}

/** Why a finding that could block does not. Its verdict stays. */
export type Tolerance = 'fail-on' | 'unknown' | 'baseline-file';

/** What a run came to; every format says the same, and so does the exit code. */
export interface GateOutcome {
  exit: ExitName;
  exitCode: number;
  thresholds: Thresholds;
  /** What blocks, by kind. */
  blocked: { fail: number; unknown: number; error: number; waivers: number; files: number };
  /** Findings that do not block though they are no pass: below a threshold, unknown, or accepted in a baseline file. */
  warned: { fail: number; unknown: number; accepted: number };
}

/** Requirements a run was cut down to: it says nothing of the others. */
export interface Profile {
  requirements: readonly string[];
  /** How many the baseline has. */
  of: number;
}
