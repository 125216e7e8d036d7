import type { Severity } from './severity.js';
import type { Verdict } from './verdict.js';

/** FedRAMP's kinds of significant change (SCN), and the change of class that is none of them. */
export type ChangeKind = 'routine-recurring' | 'adaptive' | 'transformative' | 'class-change';

/** The least first: what speaks for a later kind decides. */
export const changeKinds: readonly ChangeKind[] = ['routine-recurring', 'adaptive', 'transformative', 'class-change'];

/** What can be seen of a change that speaks for a kind. */
export const signals = [
  'other-class',
  'other-partition',
  'other-regions',
  'cloud-replaced',
  'other-clouds',
  'other-orchestration',
  'other-ai-services',
  'types-gone',
  'got-worse',
  'ai-service-extended',
  'new-types',
  'same-types',
  'settings',
] as const;

export type Signal = (typeof signals)[number];

/** `controls/governance/significant-change.yaml`. */
export interface ChangeRules {
  version: string;
  /** `YYYY-MM-DD`. */
  date: string;
  source: string;
  kinds: Readonly<Record<ChangeKind, { title: string; definition: string; notices: readonly Notice[] }>>;
  signals: Readonly<Record<Signal, { kind: ChangeKind; certain: boolean; rule: string; reason: string }>>;
  types: {
    ai: readonly string[];
    orchestration: readonly string[];
    providers: Readonly<Record<string, readonly string[]>>;
  };
}

/** What a kind of change asks for; days are business days. */
export interface Notice {
  rule: string;
  what: string;
  days?: number;
  from?: string;
}

/** Why a change may be of a kind. */
export interface ChangeReason {
  signal: Signal;
  kind: ChangeKind;
  certain: boolean;
  rule: string;
  reason: string;
  /** What was seen: types, resources, requirements. */
  seen: readonly string[];
}

/** What a change is. `needs-a-person` where the manifests cannot tell; `none-seen` where nothing that is judged changed. */
export interface Categorized {
  category: ChangeKind | 'needs-a-person' | 'none-seen';
  /** For `needs-a-person`: the kinds it can be. */
  between: readonly ChangeKind[];
  reasons: readonly ChangeReason[];
  /** What the kind asks for, or each kind it can be. */
  notices: readonly (Notice & { kind: ChangeKind })[];
  /** Where the rules were read, with version and date. */
  source: string;
}

export interface TypeCount {
  type: string;
  from: number;
  to: number;
}

export interface JudgedResource {
  resource: string;
  type: string;
  file: string;
}

/**
 * How one requirement judges one resource now, and did. `absent` where it did not judge it, or it was not there. Where both are the same
 * it finds another thing wrong than it did.
 */
export interface RequirementChange extends JudgedResource {
  requirement: string;
  title: string;
  severity: Severity;
  controls: readonly string[];
  from: Verdict | 'absent';
  to: Verdict | 'absent';
  change: 'worse' | 'better' | 'other';
  reason: string;
}

export interface ControlChange {
  control: string;
  from: Verdict | 'absent';
  to: Verdict | 'absent';
  change: 'worse' | 'better' | 'other';
}

/** What differs between two results. */
export interface ResultDiff {
  from: string;
  to: string;
  /** What makes the two hard to compare. */
  caveats: readonly string[];
  requirements: readonly RequirementChange[];
  /** Each control by the worst of what supports it. */
  controls: readonly ControlChange[];
  resources: { added: readonly JudgedResource[]; removed: readonly JudgedResource[] };
  /** How many resources there were and are of types no requirement names, where that changed. */
  unnamed: readonly TypeCount[];
}
