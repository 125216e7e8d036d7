import type { AskedRegion } from '#live/permissions.js';
import { RampartError } from '#model/error.js';
import type { KeysIn } from './probe-keys.js';

export interface StacksWanted {
  stacks: readonly string[];
  changeSets: readonly string[];
  deep: boolean;
  /** Whether something was given or asked that only stacks are for. */
  givenFor: boolean;
}

/**
 * The regions of a probe with the stacks to look at there. ARNs say their region; a name is looked for in the only one that is
 * probed, since a stack of that name may be missing from the others.
 */
export function withStacks(regions: readonly KeysIn[], wanted: StacksWanted): readonly AskedRegion[] {
  const { stacks, changeSets, deep, givenFor } = wanted;
  const isNone = stacks.length + changeSets.length === 0;
  if (isNone && !givenFor) return regions;
  // Of a change set there are no resources yet.
  if (isNone || (deep && stacks.length === 0)) {
    throw new RampartError('RAMPART_NO_STACK', 'No stack was named to compare or to look into.', {
      exit: 'usage',
      next: 'Name the stack with --stack, or its change set with --change-set.',
    });
  }
  const named = stacks.find((stack) => regionOf(stack) === undefined);
  if (named !== undefined && regions.length > 1) {
    throw new RampartError('RAMPART_STACK_PLACE', `Stack ${named} may be in several regions.`, {
      exit: 'usage',
      next: 'Give its ARN, or one --region.',
    });
  }
  const only = regions[0]?.region ?? '';
  const isIn = (region: string) => (name: string) => (regionOf(name) ?? only) === region;
  const places = new Set([
    ...regions.map(({ region }) => region),
    ...[...stacks, ...changeSets].map((each) => regionOf(each) ?? only),
  ]);
  const elsewhere = [...places].filter((place) => regions.every(({ region }) => region !== place));
  if (elsewhere.length > 0) {
    throw new RampartError(
      'RAMPART_STACK_PLACE',
      `Stacks are named in ${elsewhere.map((each) => JSON.stringify(each)).join(', ')}, which is not probed.`,
      {
        exit: 'usage',
        next: 'Name that region with --region too.',
      },
    );
  }
  return regions.map(({ region, keys }) => ({
    region,
    keys,
    stacks: stacks.filter(isIn(region)),
    changeSets: changeSets.filter(isIn(region)),
    deep,
  }));
}

const regionOf = (name: string): string | undefined => /^arn:[^:]*:cloudformation:([^:]+):/.exec(name)?.[1];
