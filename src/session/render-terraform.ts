import type { Artifact, TraceLine } from '#model/artifact.js';
import type { ControlBase } from '#model/base.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { type RenderedFile, render } from '#render/render.js';
import { terraformTrace } from '#render/terraform/trace.js';
import { templatesWith } from './templates-with.js';

/**
 * Plan → Terraform. The gate judges plans, which only Terraform makes, with the provider and the account: these files are not
 * judged here, and what they say is held to the gate by Rampart's own tests alone.
 */
export async function renderTerraform(
  plan: Plan,
  base: ControlBase,
  ownBlocks: readonly string[] = [],
): Promise<readonly Artifact[]> {
  const templates = await templatesWith(plan, 'terraform', ownBlocks);
  const files = render(plan, 'terraform', templates, base.boundary);
  const endpoints = new Map(plan.endpoints.map((each) => [each.endpoint.name, each]));
  const modules = new Map(
    [...endpoints.keys()].map((name) => [
      name,
      files.filter(({ endpoint, path }) => endpoint === name && isHcl(path)).map(({ text }) => text),
    ]),
  );
  return files.map((file) => {
    const name = file.endpoint as string;
    return traced(file, () => askedOf(file, endpoints.get(name) as EndpointPlan, base, modules.get(name) ?? []));
  });
}

/** A file whose trace is made when somebody asks: it takes longer than the rendering, and who only writes files does not. */
function traced(file: RenderedFile, trace: () => readonly TraceLine[]): Artifact {
  let made: readonly TraceLine[] | undefined;
  return {
    ...file,
    get trace() {
      made ??= trace();
      return made;
    },
  };
}

const isHcl = (path: string): boolean => path.endsWith('.tf');

function askedOf(
  { path, text }: RenderedFile,
  { endpoint, requirements }: EndpointPlan,
  base: ControlBase,
  module: readonly string[],
) {
  if (!isHcl(path)) return [];
  const planned = new Set(requirements.map(({ id }) => id));
  return terraformTrace(
    text,
    base.requirements.filter(({ id }) => planned.has(id)),
    endpoint.kind,
    module,
  );
}
