import { readyForMuch } from '#io/engine.js';
import type { Artifact } from '#model/artifact.js';
import { type JudgingBase, otherLanguages } from '#model/base.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { cautionsOf } from '#plan/cautions.js';
import type { Left } from '#render/guardrail.js';
import { targets } from '#render/render.js';
import { loadJudging, loadPlan, withLanguages } from './load.js';
import type { RenderOptions } from './render.js';

/** What `rampart render` made of a plan. */
export interface TargetWritten {
  artifacts: readonly Artifact[];
  /** What the gate said, of languages it reads as they are rendered. */
  result?: Result;
  /** What a guardrail leaves to other checks. */
  left?: readonly Left[];
  /** What whoever runs it should know, a sentence each. */
  notes: readonly string[];
}

/** A system that was rendered, with what is known of it then. */
export interface SystemWritten extends TargetWritten {
  baseline: string;
  base: JudgingBase;
}

/** System file → files of one target: the one that is asked for, or that of the cloud the boundary is in. */
export async function renderSystem(
  asked: string | undefined,
  system: string,
  boundary: readonly string[] | undefined,
  options: RenderOptions,
): Promise<SystemWritten> {
  // One stack is more text than V8's flags are changed for, and what is read and planned before it lasts as long as the run.
  if (asked === undefined || isJudged(asked)) readyForMuch(leastJudged);
  // The reasons of settings are in no file.
  const { plan, base } = await loadPlan(system, await loadJudging(), boundary);
  const target = asked ?? targetOf(plan, base);
  return { ...(await renderTarget(target, plan, base, options)), baseline: plan.baseline, base };
}

/** What is written where nobody names a target: the language the data on the boundary's cloud name, which for AWS is none but its own. */
const targetOf = ({ system }: Plan, { boundary }: JudgingBase): string =>
  boundary.clouds?.find(({ id }) => id === system.boundary.partition)?.language ?? 'cloudformation';

/** Terraform is judged by its plan, a guardrail by nothing. */
const isJudged = (target: string): boolean => targets.has(target) && target !== 'terraform';

/** Characters. */
const leastJudged = 32 * 1024;

/** Plan → files of one target, `base` having what requirements expect of CloudFormation at least: a guardrail around the account, a Terraform module, or a language the gate has judged. */
async function renderTarget(
  target: string,
  plan: Plan,
  base: JudgingBase,
  options: RenderOptions,
): Promise<TargetWritten> {
  const notes = cautionsOf(plan, base.boundary);
  // Each way loads what it needs: neither the gate nor the guardrails' engines stand before a Terraform module.
  if (target === 'terraform') {
    const { renderTerraform } = await import('./render-terraform.js');
    const artifacts = await renderTerraform(plan, base, options);
    const later = 'Not judged yet: terraform show -json of a plan is what rampart check takes. See runbook.md.';
    return { artifacts, notes: [...notes, ...leftOut(artifacts, plan, target), later] };
  }
  const guarded = targets.has(target)
    ? undefined
    : await (await import('./guardrails.js')).renderGuardrail(target, plan, await withLanguages(base));
  if (guarded) {
    const held = `${servedBy(guarded.artifacts)} requirements are held by these files; --explain names the others, with reasons.`;
    return { ...guarded, notes: [...notes, held] };
  }
  const { renderGated } = await import('./render.js');
  const known = await withLanguages(
    base,
    otherLanguages.filter((language) => language === target),
  );
  const { artifacts, result } = await renderGated(target, plan, known, options);
  return { artifacts, result, notes: [...notes, ...leftOut(artifacts, plan, target)] };
}

function leftOut(artifacts: readonly Artifact[], plan: Plan, target: string): string[] {
  const rendered = new Set(artifacts.map(({ endpoint }) => endpoint));
  return plan.endpoints
    .filter(({ endpoint }) => !rendered.has(endpoint.name))
    .map(({ endpoint }) => `Not written: ${endpoint.name}. Endpoints of kind ${endpoint.kind} have no ${target}.`);
}

const servedBy = (artifacts: readonly Artifact[]): number =>
  new Set(artifacts.flatMap(({ trace }) => trace.flatMap(({ requirements }) => requirements))).size;
