import type { Artifact } from '#model/artifact.js';
import type { JudgingBase } from '#model/base.js';
import { labelOf } from '#model/control.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { isBlocking } from '#model/verdict.js';
import { artifactOf } from '#render/artifact.js';
import { render, within } from '#render/render.js';
import { traceOf } from '#render/trace.js';
import { templatesWith } from './templates-with.js';

/** How a plan is rendered. */
export interface RenderOptions {
  version: string;
  /** Blocks of the user's, each `name=file`. */
  blocks?: readonly string[] | undefined;
  /** Whether somebody reads which lines serve what; otherwise traces are left empty, and what they are made of is not gathered. */
  traced: boolean;
}

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
  target: string,
  plan: Plan,
  base: JudgingBase,
  { version, blocks, traced }: RenderOptions,
): Promise<Rendered> {
  const [templates, { judgeTexts }] = await Promise.all([templatesWith(plan, target, blocks), import('./gate.js')]);
  const files = render(within(plan, target, templates), target, templates, base.boundary);
  const manifests = files.filter(({ path, mediaType }) => isManifest(path, mediaType));
  const result = await judgeTexts(manifests, plan, base, version, traced ? undefined : 'counted');
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
  return {
    artifacts: files.map((file) => artifactOf(file, traced ? traceOf(result.findings, file.path) : [])),
    result,
  };
}

/** What the gate reads without parameters or a provider. */
const isManifest = (path: string, mediaType: string): boolean =>
  mediaType === 'application/yaml' || path.endsWith('.template.json');

/** A file with the requirements each line serves, and their controls, in the margin. */
export function explained(artifact: Artifact, base: JudgingBase): string {
  const controls = new Map(
    base.requirements.map(({ id, controls }) => [id, controls.map((control) => labelOf(control.id)).join(' ')]),
  );
  const served = new Map(artifact.trace.map(({ line, requirements }) => [line, requirements]));
  const rows = artifact.text.split('\n').map((text, index) => {
    const requirements = served.get(index + 1) ?? [];
    const margin = requirements.map((id) => `${id} (${controls.get(id) ?? ''})`).join('; ');
    return margin ? `${text}  # ${margin}` : text;
  });
  return `# ${artifact.path}\n${rows.join('\n')}`;
}
