import type { Baseline, Selection } from './baseline.js';
import type { ChangeRules } from './change.js';
import type { Control } from './control.js';
import type { EndpointKind } from './endpoint.js';
import type { FedrampRules } from './fedramp-rules.js';
import type { WaiverLimits } from './gate.js';
import type { Natures } from './nature.js';
import type { ManifestLanguage, Requirement } from './requirement.js';
import type { Threat } from './threat.js';

/** What judging manifests needs of the files under `controls/`; it is all that the gate loads. */
export interface JudgingBase {
  /** SHA-256 over the compiled data: names exactly what was stood on. */
  digest: string;
  /** Sources with versions and dates, for outputs. */
  sources: readonly string[];
  baselines: readonly Selection[];
  /** Sorted by id. */
  requirements: readonly Requirement[];
  boundary: BoundaryData;
  waiverLimits: WaiverLimits;
}

/** Everything under `controls/`, compiled. The verbs take it as an argument. */
export interface ControlBase extends JudgingBase {
  controls: readonly Control[];
  rules: FedrampRules;
  threats: readonly Threat[];
  natures: Natures;
  changes: ChangeRules;
  baselines: readonly Baseline[];
}

/** Requirement id → what it expects in languages other than CloudFormation; loaded when there is such a manifest. */
export type OtherLanguages = Readonly<Record<string, Omit<Requirement['expect'], 'cloudformation' | 'live'>>>;

/** What `ControlBase` has beyond `JudgingBase`, as it is compiled. */
export interface Catalog {
  controls: readonly Control[];
  rules: FedrampRules;
  threats: readonly Threat[];
  natures: Natures;
  changes: ChangeRules;
  /** Baseline id → what only plans and people ask of it. */
  baselines: Readonly<Record<string, Pick<Baseline, 'parameters' | 'indicators'>>>;
}

/** A fact that ages carries the date it was seen and where. */
export interface Dated {
  source: string;
  date: string;
}

/** Where the resources of a cloud beside AWS may be. */
export interface Cloud extends Dated {
  id: string;
  title: string;
  language: ManifestLanguage;
  locations: readonly string[];
  environment?: Readonly<Record<string, unknown>>;
}

export interface BoundaryData {
  partitions: readonly ({ id: string; regions: readonly string[]; dnsSuffix: string } & Dated)[];
  models: readonly ({
    id: string;
    kind: 'bedrock';
    provider: string;
    title: string;
    regions: readonly string[];
    geoProfile?: string;
  } & Dated)[];
  /** SageMaker/EC2 instance families with local NVMe storage, which refuse a volume key; `without` are known to have none. */
  nvmeFamilies: { families: readonly string[]; without?: readonly string[] } & Dated;
  /** Regions where the resources of an endpoint kind can be deployed. */
  kinds?: readonly ({ kind: EndpointKind; regions: readonly string[] } & Dated)[];
  /** Clouds beside AWS: their locations, and what the cloud says of itself in templates of its language. */
  clouds?: readonly Cloud[];
  /** FIPS host names with `{region}` in them (null: none known), and the PrivateLink service names after `com.amazonaws.<region>.`. */
  services?: readonly ({ id: string; fips: string | null; privatelink: readonly string[] } & Dated)[];
  /** Accelerator families with an EC2 price in a region; a missing price is no proof of absence. */
  seen?: readonly ({ region: string; families: readonly string[] } & Dated)[];
}
