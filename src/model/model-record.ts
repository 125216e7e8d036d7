import type { Dated } from './base.js';

/** The minimum practices OMB M-25-21 asks for where AI is high-impact, in its order; `controls/governance/ai-use.yaml` names them. */
export const minimumPractices = [
  'pre-deployment-testing',
  'impact-assessment',
  'ongoing-monitoring',
  'human-training',
  'human-oversight',
  'remedies',
  'feedback',
] as const;
export type MinimumPractice = (typeof minimumPractices)[number];

/** The functions of NIST's AI Risk Management Framework, in its order. */
export const riskFunctions = ['govern', 'map', 'measure', 'manage'] as const;
export type RiskFunction = (typeof riskFunctions)[number];

export const determinations = ['high-impact', 'not-high-impact'] as const;

/** What Rampart may know of a model without asking; everything else only its users can say. */
export const factFields = [
  'provider',
  'version',
  'license',
  'card',
  'usePolicy',
  'evaluations',
  'providerRetention',
] as const;
export type FactField = (typeof factFields)[number];

/** A document that can be looked up, and its day. */
export interface Reference {
  reference: string;
  /** `YYYY-MM-DD`. */
  date: string;
}

/** A practice that is followed, or that the Chief AI Officer waived. */
export interface PracticeReference extends Reference {
  waivedBy?: string;
}

/** What the user says of the model behind an endpoint. Everything may be left out, and what is left out is a gap with a name. */
export interface ModelRecord {
  /** Who made the model. */
  provider?: string;
  version?: string;
  license?: string;
  card?: string;
  /** What the maker forbids. */
  usePolicy?: string;
  artifacts?: readonly { name: string; sha256: string; from?: string }[];
  /** Where the artifacts came from before they were kept where the endpoint loads them. */
  origin?: string;
  intendedUse?: readonly string[];
  forbiddenUse?: readonly string[];
  evaluations?: readonly Reference[];
  biasTests?: readonly Reference[];
  /** What the provider keeps of prompts and answers. */
  providerRetention?: string;
  /** The data-retention mode that is set, and the day it was seen. */
  retention?: { mode: string; seen: string };
  highImpact?: {
    determination: (typeof determinations)[number];
    by?: string;
    date?: string;
    reason?: string;
    practices?: Readonly<Partial<Record<MinimumPractice, PracticeReference>>>;
  };
  riskManagement?: Readonly<Partial<Record<RiskFunction, Reference>>>;
}

/** Dated facts on models: of the rows whose `ids` fit, the last that states a field holds. An id may end in `*`. */
export interface ModelFacts {
  ids: readonly string[];
  facts: Readonly<Partial<Record<FactField, { value: string } & Dated>>>;
}

/** What publications ask of those who use AI: their own names of things, never their sentences. */
export interface AiUse {
  highImpact: { practices: Readonly<Record<MinimumPractice, string>> } & Dated;
  riskManagement: { functions: Readonly<Record<RiskFunction, string>> } & Dated;
}

/** One line of the record of a model. */
export interface RecordRow {
  /** `license`, `highImpact.practices.remedies`: where a system file says it, under `record`. */
  field: string;
  title: string;
  /** One line each; none when it is missing. */
  values: readonly string[];
  /** Who says so: the system file, or Rampart's data with its source and date. Neither where it is missing. */
  from?: 'system-file' | Dated;
  /** Why there is nothing to say for an endpoint of this kind; then it is no gap. */
  notApplicable?: string;
}

/** The record of the model behind one endpoint, and what is missing in it. */
export interface EndpointRecord {
  endpoint: string;
  kind: string;
  model: string;
  rows: readonly RecordRow[];
  gaps: readonly Pick<RecordRow, 'field' | 'title'>[];
}

export interface ModelRecords {
  /** The publications the fields come from. */
  sources: readonly string[];
  endpoints: readonly EndpointRecord[];
}
