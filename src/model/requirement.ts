import type { EndpointKind } from './endpoint.js';
import type { SettingDemand } from './setting.js';
import type { Severity } from './severity.js';

/** The rooms of `controls/requirements/`. */
export const categories = [
  'residency',
  'encryption',
  'logging',
  'network',
  'identity',
  'supply-chain',
  'workload',
  'resilience',
] as const;

export type Category = (typeof categories)[number];

/** `sourced`: the named publication maps the setting to the control. `own`: the mapping is Rampart's. */
export type Mapping = { id: string; basis: 'sourced'; source: string } | { id: string; basis: 'own' };

/** One testable technical statement that supports one or more controls; one file under `controls/requirements/`. */
export interface Requirement {
  id: string;
  title: string;
  category: Category;
  severity: Severity;
  /** Why it matters, for people. */
  rationale: string;
  /** What to change, for people. */
  remediation: string;
  controls: readonly Mapping[];
  threats: readonly string[];
  /** Endpoint kinds whose plans include the requirement. */
  endpoints: readonly EndpointKind[];
  settings: Readonly<Record<string, SettingDemand>>;
  /** Its findings stand where secrets stand: no report shows those lines, and no reason quotes their values. */
  sensitive?: true;
  expect: Readonly<Partial<Record<ManifestLanguage, readonly Expectation[]>>> & { live?: readonly LiveExpectation[] };
  /** Set where `check --fix` leaves the manifest alone although one value would do: what that costs is for people to weigh. */
  fix?: 'none';
  /** Run as tests and shown to people; left out of what judging loads. */
  examples?: Readonly<Partial<Record<ManifestLanguage | 'live', Examples>>>;
}

export type ManifestLanguage = 'cloudformation' | 'terraform' | 'kubernetes' | 'arm';

/** The account, subscription and project examples are judged for: others that they spell out are strangers. */
export const exampleAccounts: readonly string[] = [
  '111122223333',
  '11112222-3333-4444-8555-666677778888',
  'agency-example',
];

/** Manifest texts of one language, or observations, run as tests. Each must get the verdict it is listed under. */
export interface Examples {
  pass: readonly string[];
  fail: readonly string[];
  unknown: readonly string[];
}

/**
 * What a manifest must say. Either about each resource of some types (`each`), or about the manifest set as a whole
 * (`exists`: at least one resource of the type must meet `must`; judged only when a plan says the system needs it).
 */
export type Expectation =
  | { each: string | readonly string[]; where?: Condition; must: Condition }
  | { exists: string | readonly string[]; must?: Condition; kinds?: readonly EndpointKind[] };

/** What an observation must say; `probe` names the kind of observation. */
export interface LiveExpectation {
  probe: string;
  where?: Condition;
  must: Condition;
}

/**
 * Property path → predicate, all of which must hold. The keys `any-of`, `all-of` and `none-of` hold lists of conditions;
 * `related` and `no-related` speak of other resources. A path is `Name.Name[*].Name`; `[*]` is every item of a list, and
 * an absent or empty list counts as one absent value.
 */
export type Condition = Readonly<Record<string, unknown>>;
