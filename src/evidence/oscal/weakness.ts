import { reasonsOf } from '#model/finding.js';
import { type Assessment, compare, type Judged, openRisk } from './assessment.js';
import { markup } from './text.js';

/**
 * What has to be followed until it is put right or its waiver ends: all that is open of one requirement, or all that one waiver of it
 * covers. One row of a plan of action is one weakness with its assets, as FedRAMP's guide to its POA&M has it; what was found of
 * each asset is an observation of its own.
 */
export interface Weakness {
  /** UUID of its risk. It lasts from run to run. */
  risk: string;
  judged: readonly [Judged, ...Judged[]];
  open: boolean;
}

/** In the order of what was judged. */
export function weaknessesOf({ judged }: Pick<Assessment, 'judged'>): Weakness[] {
  const groups = new Map<string, [Judged, ...Judged[]]>();
  for (const one of judged) {
    if (one.risk === undefined) continue;
    const group = groups.get(one.risk);
    if (group) group.push(one);
    else groups.set(one.risk, [one]);
  }
  return [...groups].map(([risk, group]) => ({ risk, judged: group, open: group[0].open }));
}

/**
 * The earliest day a weakness is known of: that of this run, that on which somebody accepted it, or that which earlier evidence gave,
 * be it before it was accepted.
 */
export function detectedOf(
  { risk, judged }: Weakness,
  { input, lasting }: Pick<Assessment, 'input' | 'lasting'>,
): string {
  const before = input.detected ?? {};
  const [{ finding }] = judged;
  const risks = [risk, openRisk(lasting, finding.requirement)];
  const days = [
    input.time.slice(0, 10),
    ...risks.flatMap((each) => (Object.hasOwn(before, each) ? (before[each] ?? []) : [])),
    ...judged.flatMap((one) => one.finding.waiver?.approved ?? []),
  ];
  return days.sort(compare)[0] as string;
}

/** What was found, as OSCAL's markup. */
export const foundOf = ({ judged }: Weakness): string =>
  reasonsOf(
    judged.map(({ finding }) => finding),
    markup,
  );

/** Each item once, in the order they come. */
export const once = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
