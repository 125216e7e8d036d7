import type { Artifact } from '#model/artifact.js';
import type { JudgingBase } from '#model/base.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { artifactOf } from '#render/artifact.js';
import { type RenderedFile, render } from '#render/render.js';
import type { RenderOptions } from './render.js';
import { templatesWith } from './templates-with.js';

/**
 * Plan → Terraform. The gate judges plans, which only Terraform makes, with the provider and the account: these files are not
 * judged here, and what they say is held to the gate by Rampart's own tests alone.
 */
export async function renderTerraform(
  plan: Plan,
  base: JudgingBase,
  { blocks, traced }: Omit<RenderOptions, 'version'>,
): Promise<readonly Artifact[]> {
  const templates = await templatesWith(plan, 'terraform', blocks);
  const files = render(plan, 'terraform', templates, base.boundary);
  return traced ? withTraces(files, plan, base) : files.map((file) => artifactOf(file, []));
}

/** Making a trace takes longer than the rendering. */
async function withTraces(files: readonly RenderedFile[], plan: Plan, base: JudgingBase): Promise<Artifact[]> {
  const [{ terraformTrace }, { withLanguages }] = await Promise.all([
    import('#render/terraform/trace.js'),
    import('./load.js'),
  ]);
  const { requirements } = await withLanguages(base, ['terraform']);
  const endpoints = new Map(plan.endpoints.map((each) => [each.endpoint.name, each]));
  const modules = new Map(
    [...endpoints.keys()].map((name) => [
      name,
      files.filter(({ endpoint, path }) => endpoint === name && isHcl(path)).map(({ text }) => text),
    ]),
  );
  return files.map((file) => {
    if (!isHcl(file.path)) return artifactOf(file, []);
    const { endpoint, requirements: asked } = endpoints.get(file.endpoint) as EndpointPlan;
    const planned = new Set(asked.map(({ id }) => id));
    const speaking = requirements.filter(({ id }) => planned.has(id));
    return artifactOf(file, terraformTrace(file.text, speaking, endpoint.kind, modules.get(file.endpoint) ?? []));
  });
}

const isHcl = (path: string): boolean => path.endsWith('.tf');
