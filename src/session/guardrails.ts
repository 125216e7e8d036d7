import type { Artifact } from '#model/artifact.js';
import type { JudgingBase } from '#model/base.js';
import type { Plan } from '#model/plan.js';
import type { Left } from '#render/guardrail.js';
import { artifactOf } from '#render/guardrail-file.js';
import { guardrails } from '#render/guardrails/index.js';
import { againstOf, standpointOf } from './gate.js';
import { loadCatalog } from './load.js';

/** Files that hold an account, a cluster or a pipeline to what the gate holds manifests to, and what they leave to it. */
export interface GuardrailsWritten {
  artifacts: readonly Artifact[];
  left: readonly Left[];
}

/** Undefined for a name that is no guardrail. */
export async function renderGuardrail(
  name: string,
  plan: Plan,
  base: JudgingBase,
): Promise<GuardrailsWritten | undefined> {
  const guardrail = guardrails.get(name);
  if (!guardrail) return undefined;
  const { requirements, settings } = againstOf(base, standpointOf(plan, base));
  const { system, baseline } = plan;
  const { files, left } = guardrail({
    system,
    baseline,
    requirements,
    settings,
    boundary: base.boundary,
    guardrails: (await loadCatalog()).guardrails,
  });
  return { artifacts: files.map(artifactOf), left };
}

/** What a guardrail does not say, for people: why, and of which requirements. */
export function leftOver(left: readonly Left[]): string {
  const byReason = new Map<string, string[]>();
  for (const { requirement, part, reason } of left) {
    const who = part === undefined ? requirement : `${requirement} (${part})`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), who]);
  }
  const lines = [...byReason]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([reason, who]) => `#   ${reason}: ${who.join(', ')}`);
  return lines.length > 0 ? `# Left to other checks, each with the reason:\n${lines.join('\n')}` : '';
}
