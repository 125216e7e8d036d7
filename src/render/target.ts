import type { BoundaryData } from '#model/base.js';
import type { Endpoint } from '#model/endpoint.js';
import type { EndpointPlan, Plan } from '#model/plan.js';

/** Precompiled Handlebars templates by path under `templates/`, without `.hbs`; blocks of the user's are compiled functions. */
export type Templates = Readonly<Record<string, unknown>>;

/** One output language: how values become its text. */
export interface Target {
  /** Makes ready what an endpoint's templates see; the result draws a template by its path. */
  prepare(
    templates: Templates,
    endpoint: EndpointPlan,
    plan: Plan,
    boundary: BoundaryData,
  ): (template: string) => string;
  /** Where the file of a template goes, `template` being its path in the folder of its kind and language. */
  fileOf(endpoint: Endpoint, template: string): { path: string; mediaType: string };
}
