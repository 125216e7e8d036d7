import type { Baseline, Selection } from './baseline.js';
import type { ChangeRules } from './change.js';
import type { Control } from './control.js';
import type { EndpointKind } from './endpoint.js';
import type { FedrampRules } from './fedramp-rules.js';
import type { WaiverLimits } from './gate.js';
import type { GuardrailData } from './guardrail.js';
import type { AiUse, ModelFacts } from './model-record.js';
import type { Natures } from './nature.js';
import type { Expectation, ManifestLanguage, Requirement } from './requirement.js';
import type { RetentionProfile } from './retention-profile.js';
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
  /** Days for which it counts that somebody saw what the system inherits. */
  inheritedMaxDays: number;
  /** Values of settings by the profile a system chooses. */
  retention?: readonly RetentionProfile[];
}

/** A baseline with the parameter values its publisher assigned, where they are known. */
export type PlannedBaseline = Selection & Partial<Pick<Baseline, 'parameters'>>;

/** What a plan is made of. Rules and assigned parameters are reasons of its settings, told where they are known. */
export interface PlanningBase extends JudgingBase {
  baselines: readonly PlannedBaseline[];
  rules?: FedrampRules;
}

/** Everything under `controls/`, compiled. The verbs take it as an argument. */
export interface ControlBase extends JudgingBase {
  controls: readonly Control[];
  /** Titles of control families by their lower-case letters. */
  families: Readonly<Record<string, string>>;
  rules: FedrampRules;
  threats: readonly Threat[];
  natures: Natures;
  changes: ChangeRules;
  baselines: readonly Baseline[];
  guardrails: GuardrailData;
  /** What is known of models, and what is asked of those who use them. */
  models: readonly ModelFacts[];
  aiUse: AiUse;
}

/** Languages whose expectations are kept apart from what judging CloudFormation needs, and are loaded when there is such a manifest. */
export const otherLanguages = ['terraform', 'kubernetes', 'arm'] as const satisfies readonly ManifestLanguage[];
export type OtherLanguage = (typeof otherLanguages)[number];

/** Requirement id → what it expects in one language. */
export type Expected = Readonly<Record<string, readonly Expectation[]>>;

/** Requirement id → its examples; loaded only to explain it. */
export type ShippedExamples = Readonly<Record<string, NonNullable<Requirement['examples']>>>;

/** What `ControlBase` has beyond `JudgingBase`, as it is compiled. */
export interface Catalog {
  controls: readonly Control[];
  families: Readonly<Record<string, string>>;
  rules: FedrampRules;
  threats: readonly Threat[];
  natures: Natures;
  changes: ChangeRules;
  guardrails: GuardrailData;
  models: readonly ModelFacts[];
  aiUse: AiUse;
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
  /** Models of its own model service that were seen there, with the versions seen. */
  models?: readonly ({ id: string; versions: readonly string[] } & Dated)[];
}

/** Who has a thing and who is known not to; regions in neither list are unknown. */
export interface Offer extends Dated {
  regions: readonly string[];
  lacking?: readonly string[];
}

/** A row on several things at once; an id may end in `*`. Of rows on the same id the last one holds. */
export interface Offers extends Offer {
  ids: readonly string[];
}

/** Managed policies of AWS that give the same, by the path of their ARN behind `policy/`. */
export interface ManagedPolicies extends Dated {
  ids: readonly string[];
  grants: readonly string[];
  /** Services whose own role they are made for, by their principals: on a role nobody else may assume they give nobody anything. */
  roleOf?: readonly string[];
}

/** Instance types that have the same accelerators, processors and memory. */
export interface AcceleratedTypes extends Dated {
  ids: readonly string[];
  device: 'nvidia' | 'neuron';
  devices: number;
  /** Neuron cores of all devices: a model is split over these. */
  cores?: number;
  cpus: number;
  memoryGib: number;
}

export interface BoundaryData {
  partitions: readonly ({ id: string; title?: string; regions: readonly string[]; dnsSuffix: string } & Dated)[];
  models: readonly ({
    id: string;
    kind: 'bedrock';
    provider: string;
    title: string;
    geoProfile?: string;
  } & Offer)[];
  /** SageMaker/EC2 instance families with local NVMe storage, which refuse a volume key; `without` are known to have none. */
  nvmeFamilies: { families: readonly string[]; without?: readonly string[] } & Dated;
  /** Models of Bedrock's OpenAI-compatible plane, by the ids it knows them by, with the regions that serve them. */
  mantleModels?: readonly ({ id: string } & Offer)[];
  /** Regions where the resources of an endpoint kind can be deployed, and what no setting can give it there. */
  kinds?: readonly ({ kind: EndpointKind; regions: readonly string[]; limits?: readonly string[] } & Dated)[];
  /** Clouds beside AWS: their locations, and what the cloud says of itself in templates of its language. */
  clouds?: readonly Cloud[];
  /** FIPS host names with `{region}` in them (null: none known), and the PrivateLink service names after `com.amazonaws.<region>.`. */
  services?: readonly ({ id: string; fips: string | null; privatelink: readonly string[] } & Dated)[];
  /** Resource types, spelt as their manifest language does. */
  types?: readonly Offers[];
  /** Instance families of EC2 (`g6`), and of SageMaker where they differ (`ml.g6`). */
  families?: readonly Offers[];
  /** Accounts whose ECR registries hold the images of EKS add-ons, by region. */
  registries?: readonly ({ region: string; account: string } & Dated)[];
  /** Accounts AWS itself acts from, which policies name because the service says so. */
  serviceAccounts?: readonly ({ account: string; service: string } & Dated)[];
  /** What AWS's own managed policies give; an id may end in `*`. Of rows on the same id the last one holds. */
  managedPolicies?: readonly ManagedPolicies[];
  /** Instance types with accelerators vLLM runs on. */
  accelerators?: readonly AcceleratedTypes[];
  /** Files of the user's that these data were overlaid with, each as outputs name it. */
  own?: readonly string[];
}
