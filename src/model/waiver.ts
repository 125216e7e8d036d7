import type { Position } from './position.js';

/** An accepted deviation. It stays in every output; it is never silent and never without an end. */
export interface Waiver {
  requirement: string;
  /** Resource address as findings print it; `*` in it stands for any characters. */
  resource: string;
  /** Resource type, to say that a pattern speaks of that type only. */
  type?: string;
  /** File the resource is in, as findings print it; `*` stands for any characters. */
  file?: string;
  owner: string;
  approver: string;
  /** Day it was approved, `YYYY-MM-DD`. */
  approved?: string;
  reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  expires: string;
  ticket?: string;
  /** Digests of what was found when it was approved, where it holds for nothing else: what got worse since was never accepted. */
  pin?: readonly string[];
  /** Where it is written, when that is a file of waivers. */
  position?: Position;
}

/** A waiver that speaks of nothing a run looked at. It is no error: other files may need it. */
export interface UnusedWaiver {
  waiver: Waiver;
  /** A clause that follows the waiver: `is for files that were not judged`. */
  why: string;
}

export const waiverFaults = [
  'expired',
  'not-yet',
  'too-long',
  'too-broad',
  'self-approved',
  'changed',
  'unmatched',
  'unused',
] as const;

/** Different findings a waiver may pin. */
export const mostPins = 50;

/** What can be wrong with a waiver. Each blocks like a finding; only an unmatched or unused waiver would hold otherwise. */
export type WaiverFault = (typeof waiverFaults)[number];

export interface WaiverProblem {
  fault: WaiverFault;
  waiver: Waiver;
  /** A clause that follows the waiver: `ran out on 2026-01-31`. */
  why: string;
  /** What to do about it. */
  next: string;
}

/** Whether both speak of the same: of two such only one could say what was accepted. Two that pin may pin different findings of it. */
export const sayTheSame = (left: Waiver, right: Waiver): boolean =>
  left.requirement === right.requirement &&
  left.resource === right.resource &&
  left.type === right.type &&
  left.file === right.file &&
  (!left.pin || !right.pin || left.pin.join() === right.pin.join());

/** Whether the waiver still holds on a day, both `YYYY-MM-DD`; the last day counts. */
export const holdsOn = (waiver: Waiver, day: string): boolean => day <= waiver.expires;
