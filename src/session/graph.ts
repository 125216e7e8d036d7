import { beside } from '#io/beside.js';
import type { ControlBase } from '#model/base.js';
import type { Diagram } from '#model/diagram.js';
import type { Plan } from '#model/plan.js';
import { diagramOf } from '#plan/diagram.js';
import type { Laid } from '#report/diagram/layout.js';

/** The planned system as parts and flows, its provider called by the name the control data has for it. */
export async function diagramOfPlan(plan: Plan, { boundary }: ControlBase): Promise<Diagram> {
  const { default: shapes } = await import('#generated/diagrams.js');
  const { partition } = plan.system.boundary;
  const cloud = [...boundary.partitions, ...(boundary.clouds ?? [])].find(({ id }) => id === partition);
  return diagramOf(plan, shapes, cloud?.title ?? partition);
}

/**
 * Begins the drawing of a plan in a thread of its own. What it promises is already being worked on: a caller that goes on without
 * a pause, as judging does, would keep a thread that is only asked for from ever beginning.
 */
export async function drawBeside(plan: Plan, base: ControlBase): Promise<{ drawing: Promise<Laid> }> {
  const file = import.meta.url.endsWith('.ts') ? 'draw-worker.ts' : 'draw-worker.js';
  const diagram = await diagramOfPlan(plan, base);
  return { drawing: beside<Laid>(new URL(`../session/${file}`, import.meta.url), diagram) };
}
