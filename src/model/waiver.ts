/** An accepted deviation. It stays in every output; it is never silent and never without an end. */
export interface Waiver {
  requirement: string;
  /** Resource address the waiver is for, exactly as findings print it. */
  resource: string;
  owner: string;
  approver: string;
  reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  expires: string;
  ticket?: string;
}

/** A waiver that waived nothing in a run. It is no error: other files may have been judged, or the fault may be mended. */
export interface UnusedWaiver {
  waiver: Waiver;
  /** A clause that follows the waiver: `matches no finding of this run`. */
  why: string;
}

/** Whether the waiver still holds on a day, both `YYYY-MM-DD`; the last day counts. */
export const holdsOn = (waiver: Waiver, day: string): boolean => day <= waiver.expires;
