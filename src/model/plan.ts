import type { Endpoint } from './endpoint.js';
import type { Mapping } from './requirement.js';
import type { Setting } from './setting.js';
import type { Severity } from './severity.js';
import type { System } from './system.js';

/** System + Baseline → the settings and requirements that apply, per endpoint. */
export interface Plan {
  system: System;
  baseline: string;
  /** Versions and dates of the data the plan stands on. */
  stoodOn: readonly string[];
  endpoints: readonly EndpointPlan[];
}

export interface EndpointPlan {
  endpoint: Endpoint;
  /** Sorted by id. */
  settings: readonly Setting[];
  /** Sorted by id. */
  requirements: readonly PlannedRequirement[];
  /** What no setting can give an endpoint of this kind, in sentences with the day of the data they come from. */
  limits?: readonly string[];
}

/** A requirement with its controls cut down to those the baseline selects. */
export interface PlannedRequirement {
  id: string;
  title: string;
  severity: Severity;
  controls: readonly Mapping[];
}
