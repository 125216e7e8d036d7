import type { Dated } from './base.js';
import type { EndpointKind } from './endpoint.js';
import type { Mapping } from './requirement.js';

/** A statement of a policy of AWS Organizations. Its effect is always Deny. */
export interface OrganizationStatement {
  sid: string;
  type: 'scp' | 'rcp';
  /** What it enforces, or keeps from being undone. */
  requirements?: readonly string[];
  /** Where no requirement speaks of it. */
  controls?: readonly Mapping[];
  /** Endpoint kinds of the systems it is for; all without. */
  kinds?: readonly EndpointKind[];
  /** `local-storage`: not where an instance of the system stores on local disks, which take no key. */
  unless?: 'local-storage';
  /** The statement without Sid, Effect and Principal; objects in place of values are filled in from the plan. */
  statement: Readonly<Record<string, unknown>>;
}

export interface OrganizationPolicies extends Dated {
  limits: { characters: number; attached: number };
  statements: readonly OrganizationStatement[];
}

/** A managed rule of AWS Config. */
export interface ConfigRule {
  /** Its identifier, as AWS spells it. */
  id: string;
  requirements: readonly string[];
  /** Values, or `{setting: id}`. */
  parameters?: Readonly<Record<string, unknown>>;
}

export interface ConfigRules extends Dated {
  limits: { bytes: number; rules: number };
  rules: readonly ConfigRule[];
}

/** What guardrails say beside what is read out of the requirements. */
export interface GuardrailData {
  organization: OrganizationPolicies;
  config: ConfigRules;
}
