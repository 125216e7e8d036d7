import type { BoundaryData, Offer } from '#model/base.js';
import type { Value } from '#model/value.js';
import { type Context, RequirementFault } from './context.js';
import { fail, type Outcome, pass, quote } from './outcome.js';

/** What regions are known to have and to lack, and what AWS's own policies give there. */
export interface Offered extends Pick<BoundaryData, 'partitions' | 'types' | 'families' | 'managedPolicies'> {
  models: readonly (Offer & { id: string; geoProfile?: string })[];
}

/** The data on what regions have. Without them nothing may pass. */
export function offeredOf({ offers }: Context): Offered {
  if (!offers) throw new RequirementFault('the boundary data on what regions have were not given');
  return offers;
}

/**
 * The regions a resource may be made in: where its manifest says which, that one, else all of the boundary. One outside the boundary
 * is the business of other requirements.
 */
export function regionsOf({ boundary, resource, world, watch }: Context): readonly string[] {
  if (resource?.language !== 'terraform') return boundary.regions;
  const properties = watch?.given('region', 'provider.region') ?? resource.properties(world);
  const provider = properties.get('provider');
  for (const value of [properties.get('region'), provider.kind === 'dict' ? provider.get('region') : provider]) {
    if (value.kind === 'scalar' && boundary.regions.includes(String(value.value))) return [String(value.value)];
  }
  return boundary.regions;
}

interface Row {
  ids: readonly string[];
}

const answers = new WeakMap<readonly Row[], Map<string, Row | undefined>>();

/** The row on one id: the last that names it, before the last whose pattern fits. Few of thousands of ids are asked for, each often. */
export function offerOf<Kind extends Row>(rows: readonly Kind[] = [], id: string): Kind | undefined {
  const known = answers.get(rows) ?? new Map<string, Row | undefined>();
  answers.set(rows, known);
  if (!known.has(id)) known.set(id, rowOf(rows, id));
  return known.get(id) as Kind | undefined;
}

function rowOf(rows: readonly Row[], id: string): Row | undefined {
  return (
    rows.findLast(({ ids }) => ids.includes(id)) ??
    rows.findLast(({ ids }) => ids.some((each) => each.endsWith('*') && id.startsWith(each.slice(0, -1))))
  );
}

/** Whether a region has a thing, where some rows may tell. */
export function has(region: string, rows: readonly Offer[]): boolean | undefined {
  if (rows.some(({ regions }) => regions.includes(region))) return true;
  return rows.some(({ lacking = [] }) => lacking.includes(region)) ? false : undefined;
}

/** What is judged, for the sentence of a finding. */
export interface Thing {
  /** `resource type`, `instance family`. */
  kind: string;
  id: string;
  /** The list of a boundary file it would be stated in. */
  list: 'types' | 'models' | 'families';
}

/** At least one of the regions has it: pass. None has: fail. Otherwise nobody knows, and the reason says where to state it. */
export function judgeOffer(
  value: Value,
  thing: Thing,
  rows: readonly Offer[],
  regions: readonly string[],
  evidence: readonly number[] = [value.at],
): Outcome {
  const answers = regions.map((region) => has(region, rows));
  if (answers.includes(true)) return pass(value.at, evidence);
  const { kind, id, list } = thing;
  if (answers.every((answer) => answer === false)) {
    return fail(value.at, () => {
      const { source, date } = rows.find(({ lacking = [] }) => lacking.includes(regions[0] as string)) as Offer;
      const others = [...new Set(rows.flatMap((row) => row.regions))].sort();
      const only = others.length > 0 ? `; only ${others.join(', ')} has it` : '';
      const none = `${regions.join(' and ')} ${regions.length > 1 ? 'do' : 'does'} not have`;
      const what = isWhole(value, id) ? `, which ${none}` : `; ${none} ${kind} ${id}`;
      return `is ${quote(value)}${what} (${source}, ${date})${only}`;
    });
  }
  const open = regions.filter((_, index) => answers[index] === undefined);
  return openOffer(value, () => {
    const what = isWhole(value, id) ? 'it' : `${kind} ${id}`;
    return `${open.join(' or ')} has ${what} is not in the boundary data: ${stateIt(list)}`;
  });
}

const isWhole = (value: Value, id: string): boolean => value.kind === 'scalar' && value.value === id;

const stateIt = (list: Thing['list']): string =>
  `if you have seen it there, state it under ${list} of a boundary file (--boundary)`;

function openOffer(value: Value, words: () => string): Outcome {
  return {
    verdict: 'unknown',
    at: value.at,
    evidence: [],
    get reason() {
      return `is ${quote(value)}; whether ${words()}`;
    },
  };
}
