import type { PlannedBaseline, PlanningBase } from '#model/base.js';
import { highWaterMark, type Impact, impacts } from '#model/baseline.js';
import type { System } from '#model/system.js';
import type { Fault } from './schema-problem.js';
import { orList, show } from './show.js';
import { didYouMean } from './suggest.js';

/** The baseline a system must meet: the one it names, if strong enough, or the FedRAMP one of its high-water mark. */
export function chooseBaseline(
  system: Pick<System, 'impact' | 'baseline'>,
  base: PlanningBase,
): PlannedBaseline | Fault {
  const { confidentiality, integrity, availability } = system.impact;
  const mark = highWaterMark([confidentiality, integrity, availability]);
  const ids = base.baselines.map((baseline) => baseline.id).sort();
  if (system.baseline === undefined) {
    const fitting = base.baselines.find((baseline) => baseline.id === `fedramp-rev5-${mark}`);
    if (fitting) return fitting;
    const message = `impact: no baseline for ${mark} impact ships yet. Name a stronger one with baseline: ${orList(ids)}.`;
    return { path: ['impact'], key: true, message };
  }
  const named = base.baselines.find((baseline) => baseline.id === system.baseline);
  if (!named) {
    const message = `baseline: ${show(system.baseline)} is not one of ${ids.join(', ')}.${didYouMean(system.baseline, ids)}`;
    return { path: ['baseline'], message };
  }
  if (named.impact === undefined) {
    const message = `baseline: ${named.id} is an overlay, not a baseline for a whole system. Name one for ${mark} impact: ${orList(forImpact(base, mark))}.`;
    return { path: ['baseline'], message };
  }
  if (impacts.indexOf(named.impact) >= impacts.indexOf(mark)) return named;
  const message =
    `baseline: ${named.id} is for ${named.impact} impact, but the high-water mark of this system is ${mark} ` +
    `(confidentiality ${confidentiality}, integrity ${integrity}, availability ${availability}). ` +
    `Name one for ${mark} impact: ${orList(forImpact(base, mark))}.`;
  return { path: ['baseline'], message };
}

const forImpact = (base: PlanningBase, impact: Impact): string[] =>
  base.baselines
    .filter((baseline) => baseline.impact === impact)
    .map((baseline) => baseline.id)
    .sort();

export const isFault = (chosen: PlannedBaseline | Fault): chosen is Fault => 'message' in chosen;
