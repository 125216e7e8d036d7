import type { BoundaryData } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { refuseTakenNames } from './private-names.js';
import type { Target, Templates } from './target.js';
import { arm } from './targets/arm.js';
import { cloudformation } from './targets/cloudformation.js';
import { kubernetes } from './targets/kubernetes.js';
import { terraform } from './targets/terraform.js';

/** A rendered file before the gate has said which lines serve what. */
export interface RenderedFile {
  /** Relative to the output folder. */
  path: string;
  text: string;
  mediaType: string;
  endpoint: string;
}

/** Every output language by name; the test of the registry holds it against the files of `targets/`. */
export const targets: ReadonlyMap<string, Target> = new Map([
  ['arm', arm],
  ['cloudformation', cloudformation],
  ['kubernetes', kubernetes],
  ['terraform', terraform],
]);

/** Plan × templates → files, in the order of the endpoints. Throws `RAMPART_NO_TEMPLATE` for a kind × target without one. */
export function render(plan: Plan, target: string, templates: Templates, boundary: BoundaryData): RenderedFile[] {
  const language = targets.get(target);
  if (!language) {
    throw new RampartError('RAMPART_NO_TARGET', `${target} is not an output Rampart writes`, {
      exit: 'usage',
      next: `Choose one of ${[...targets.keys()].join(', ')}.`,
    });
  }
  refuseTakenNames(plan);
  return plan.endpoints.flatMap((endpoint) => renderEndpoint(endpoint, plan, target, language, templates, boundary));
}

/**
 * The plan without the endpoints that have no form in a language beside one that has: what runs on a cluster is Kubernetes, and a
 * model that a service serves is not. Where none has a form, all are kept, and `render` says which is missing.
 */
export function within(plan: Plan, target: string, templates: Templates): Plan {
  const endpoints = plan.endpoints.filter(({ endpoint }) =>
    Object.keys(templates).some((path) => path.startsWith(`${endpoint.kind}/${target}/`)),
  );
  return endpoints.length > 0 ? { ...plan, endpoints } : plan;
}

/** The output languages there are templates in for a kind of endpoint. */
const targetsFor = (kind: string, templates: Templates): string[] =>
  [...targets.keys()].filter((name) => Object.keys(templates).some((path) => path.startsWith(`${kind}/${name}/`)));

function renderEndpoint(
  endpoint: EndpointPlan,
  plan: Plan,
  name: string,
  target: Target,
  templates: Templates,
  boundary: BoundaryData,
): RenderedFile[] {
  const folder = `${endpoint.endpoint.kind}/${name}/`;
  const paths = Object.keys(templates)
    .filter((path) => path.startsWith(folder))
    .sort();
  if (paths.length === 0) {
    throw new RampartError(
      'RAMPART_NO_TEMPLATE',
      `there is no ${name} template for ${endpoint.endpoint.kind} endpoints`,
      { exit: 'usage', next: `Choose ${targetsFor(endpoint.endpoint.kind, templates).join(' or ')} with --target.` },
    );
  }
  const draw = target.prepare(templates, endpoint, plan, boundary);
  return paths.map((template) => {
    const text = draw(template);
    const { path, mediaType } = target.fileOf(endpoint.endpoint, template.slice(folder.length));
    return { path, text, mediaType, endpoint: endpoint.endpoint.name };
  });
}
