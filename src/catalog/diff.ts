import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import { controlIdOf } from '#model/control.js';
import type { FedrampRules } from '#model/fedramp-rules.js';

/** What changed in a set of named things: ids, with both values where both sides have one. */
export interface Change {
  added: readonly string[];
  removed: readonly string[];
  changed: readonly { id: string; from: unknown; to: unknown }[];
}

export interface ControlsDiff {
  from: string;
  to: string;
  controls: Change;
  parameters: Change;
  indicators: Change;
  rules: Change;
  /** Requirements that speak of a changed control, or whose setting follows a changed parameter. */
  requirements: readonly string[];
}

/** One side of a comparison. */
export interface Side {
  name: string;
  baseline?: Baseline;
  /** Compared where both sides bring rules. */
  rules?: FedrampRules;
}

/** What is different in `to`, and which requirements that touches. */
export function diffControls(from: Side, to: Side, base: Pick<ControlBase, 'requirements'>): ControlsDiff {
  const set = (side: Side): Map<string, unknown> => new Map(side.baseline?.controls.map((id) => [id, true]));
  const parameters = (side: Side): Map<string, unknown> => new Map(Object.entries(side.baseline?.parameters ?? {}));
  const both = from.rules && to.rules;
  const controls = change(set(from), set(to));
  const values = change(parameters(from), parameters(to));
  const indicators = both
    ? change(named(from.rules?.indicators), named(to.rules?.indicators))
    : change(
        new Map(Object.entries(from.baseline?.indicators ?? {})),
        new Map(Object.entries(to.baseline?.indicators ?? {})),
      );
  return {
    from: from.name,
    to: to.name,
    controls,
    parameters: values,
    indicators,
    rules: both ? change(named(from.rules?.rules), named(to.rules?.rules)) : change(new Map(), new Map()),
    requirements: touched(controls, values, indicators, both ? [from.rules, to.rules] : [], base),
  };
}

const named = (items: readonly { id: string }[] = []): Map<string, unknown> =>
  new Map(items.map((item) => [item.id, item]));

function change(from: ReadonlyMap<string, unknown>, to: ReadonlyMap<string, unknown>): Change {
  const added = [...to.keys()].filter((id) => !from.has(id)).sort();
  const removed = [...from.keys()].filter((id) => !to.has(id)).sort();
  const changed = [...from.keys()]
    .filter((id) => to.has(id) && JSON.stringify(from.get(id)) !== JSON.stringify(to.get(id)))
    .sort()
    .map((id) => ({ id, from: from.get(id), to: to.get(id) }));
  return { added, removed, changed };
}

function touched(
  controls: Change,
  parameters: Change,
  indicators: Change,
  rules: readonly (FedrampRules | undefined)[],
  { requirements }: Pick<ControlBase, 'requirements'>,
): string[] {
  const ids = ({ added, removed, changed }: Change): string[] => [...added, ...removed, ...changed.map(({ id }) => id)];
  const ofIndicators = new Set(ids(indicators));
  const moved = new Set([
    ...ids(controls),
    ...ids(parameters).map((parameter) => controlIdOf(parameter.replace(/_.*$/, ''))),
    ...rules
      .flatMap((side) => side?.indicators ?? [])
      .flatMap(({ id, controls }) => (ofIndicators.has(id) ? controls : [])),
  ]);
  const values = new Set(ids(parameters));
  return requirements
    .filter(
      (requirement) =>
        requirement.controls.some(({ id }) => moved.has(id)) ||
        Object.values(requirement.settings).some(({ parameter }) => parameter !== undefined && values.has(parameter)),
    )
    .map(({ id }) => id)
    .sort();
}
