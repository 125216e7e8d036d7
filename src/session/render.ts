import { Cluster, readManifest } from '#manifest/read.js';
import type { Artifact, TraceLine } from '#model/artifact.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { isBlocking } from '#model/verdict.js';
import { type RenderedFile, render, within } from '#render/render.js';
import type { Templates } from '#render/target.js';
import { terraformTrace } from '#render/terraform/trace.js';
import { traceOf } from '#render/trace.js';
import { judge, standpointOf } from './gate.js';
import { emptyRead, keep } from './manifests.js';

/** Rendered files and what the gate said of them. */
export interface Rendered {
  artifacts: readonly Artifact[];
  result: Result;
}

/**
 * Plan → files that passed the gate. Throws `RAMPART_RENDER_REJECTED` (exit `findings`) when the gate would not let them
 * through: what Rampart writes must be what Rampart accepts.
 */
export async function renderGated(
  plan: Plan,
  base: ControlBase,
  version: string,
  target = 'cloudformation',
  ownBlocks: readonly string[] = [],
): Promise<Rendered> {
  const templates = await templatesWith(target, ownBlocks);
  const files = render(within(plan, target, templates), target, templates, base.boundary);
  const cluster = new Cluster();
  const stand = standpointOf(plan, base);
  const read = emptyRead();
  for (const { path, text, mediaType } of files) {
    if (isManifest(path, mediaType))
      keep(read, readManifest(path, text, { ...stand.given, parameters: {} }, cluster), true);
  }
  const result = judge(read, base, stand, version);
  const blocking = result.findings.filter((finding) => isBlocking(finding.verdict));
  if (blocking.length > 0 || result.findings.length === 0) {
    throw new RampartError(
      'RAMPART_RENDER_REJECTED',
      'the gate does not accept what was rendered, so nothing was written',
      {
        exit: 'findings',
        next: 'Report this with the system file, or correct the template you overrode.',
        problems: blocking.map(({ requirement, resource, reason, position }) => ({
          message: `${requirement}: ${resource}: ${reason}`,
          ...(position ? { position } : {}),
        })),
      },
    );
  }
  return { artifacts: files.map((file) => ({ ...file, trace: traceOf(result.findings, file.path) })), result };
}

/**
 * Plan → Terraform. The gate judges plans, which only Terraform makes, with the provider and the account: these files are not
 * judged here, and what they say is held to the gate by Rampart's own tests alone.
 */
export async function renderTerraform(
  plan: Plan,
  base: ControlBase,
  ownBlocks: readonly string[] = [],
): Promise<readonly Artifact[]> {
  const templates = await templatesWith('terraform', ownBlocks);
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

/** The shipped templates, with blocks of the user's in place of some: `name=file`. */
async function templatesWith(target: string, ownBlocks: readonly string[]): Promise<Templates> {
  const { default: templates } = await import('#generated/templates.js');
  if (ownBlocks.length === 0) return templates;
  return (await import('./own-blocks.js')).withOwnBlocks(templates, target, ownBlocks);
}

/** What the gate reads without parameters or a provider. */
const isManifest = (path: string, mediaType: string): boolean =>
  mediaType === 'application/yaml' || path.endsWith('.template.json');

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

/** A file with the requirements each line serves, and their controls, in the margin. */
export function explained(artifact: Artifact, base: ControlBase): string {
  const controls = new Map(
    base.requirements.map(({ id, controls }) => [id, controls.map((control) => control.id).join(' ')]),
  );
  const served = new Map(artifact.trace.map(({ line, requirements }) => [line, requirements]));
  const rows = artifact.text.split('\n').map((text, index) => {
    const requirements = served.get(index + 1) ?? [];
    const margin = requirements.map((id) => `${id} (${controls.get(id) ?? ''})`).join('; ');
    return margin ? `${text}  # ${margin}` : text;
  });
  return `# ${artifact.path}\n${rows.join('\n')}`;
}
