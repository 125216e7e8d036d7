/** Findings accepted on a day, so that only new ones block: the file of `check --write-baseline-file`. */
export interface AcceptedFindings {
  format: 'rampart-accepted-1';
  /** Day it was written, `YYYY-MM-DD`. */
  date: string;
  baseline: string;
  /** Digest of the control data judged with. */
  controlData: string;
  findings: readonly AcceptedFinding[];
}

/** One finding, without what may differ in the next run though nothing got worse: lines, columns, places in lists. */
export interface AcceptedFinding {
  requirement: string;
  type: string;
  resource: string;
  /** Empty for what is missing from all manifests. */
  file: string;
  verdict: 'fail' | 'unknown';
  reason: string;
  /** Digest of the value it is said of, where it is said of one: a worse one of which the same is said is not accepted. */
  stands?: string;
  /** Findings that say the very same. */
  count: number;
}

/** What a baseline file came to in a run. */
export interface AcceptedOutcome {
  file: string;
  date: string;
  /** Set when the file was written with other control data than the run used. */
  otherControlData?: string;
  /** Findings of the file that this run found again. */
  known: number;
  /** Set when the run judged none of the files it names: their paths stand in it as on the command line that wrote it. */
  otherFiles?: true;
  /** Findings of the file that are mended: it can do without them. */
  fixed: readonly AcceptedFinding[];
  /** Findings of the file whose resource now is found to do something else wrong, which is not accepted. */
  changed: readonly AcceptedFinding[];
}
