import type { Finding } from '#model/finding.js';
import type { NeededPart, Part } from '#model/part.js';
import { type Manifest, withHeld } from '#model/resource.js';
import { plainWorld } from '#model/value.js';
import { type Against, inOrder, judgeEach, sharedOf } from './check.js';
import { neededOf, settle } from './exists.js';

/** What one share of a run found. */
export type Share = Pick<Part, 'found' | 'needed' | 'languages'>;

/**
 * Judges a share of a run: the manifests `own` has a place for, which is that of their file among all files. `given` are those
 * read here, in the order of the run, and hold all that speak of each other.
 */
export function checkShare(
  given: readonly Manifest[],
  own: (manifest: Manifest) => number | undefined,
  against: Against,
): Share {
  const manifests = withHeld(given);
  askInOrder(manifests);
  const mine = manifests.flatMap((manifest) => {
    const place = own(manifest);
    return place === undefined ? [] : [{ manifest, place }];
  });
  const context = sharedOf(
    mine.map(({ manifest }) => manifest),
    against,
  );
  const languages = [...new Set(manifests.map(({ language }) => language))].sort();
  const needed = new Map<string, NeededPart>();
  const isJudged = against.needs.length > 0;
  for (const { ordinal, missing } of isJudged ? neededOf([], languages, against, context) : []) {
    needed.set(keyOf({ ordinal, missing }), { ordinal, missing, candidates: [] });
  }
  const found = mine.map(({ manifest, place }) => {
    for (const each of isJudged ? neededOf([manifest], languages, against, context) : []) {
      const known = needed.get(keyOf(each));
      known?.candidates.push(...each.candidates.map((candidate) => ({ file: place, ...candidate })));
    }
    return { file: place, findings: judgeEach([manifest], against, context) };
  });
  return { found, needed: [...needed.values()], languages };
}

const keyOf = ({ ordinal, missing }: Omit<NeededPart, 'candidates'>): string =>
  JSON.stringify([missing.requirement, ordinal]);

/** A namespace no manifest holds is spoken of once in a run, by the first that asks: in every share that is the same one. */
function askInOrder(manifests: readonly Manifest[]): void {
  for (const { language, resources } of manifests) {
    if (language !== 'kubernetes') continue;
    for (const resource of resources) if (resource.type === 'Namespace') resource.existsIn(plainWorld);
  }
}

/** The findings of a run from all its shares: those that judging it at once makes. */
export function joined(shares: readonly Share[]): Finding[] {
  const found = shares.flatMap((share) => share.found).sort((left, right) => left.file - right.file);
  const rows = new Map<string, NeededPart>();
  for (const each of shares.flatMap((share) => share.needed)) {
    const row = rows.get(keyOf(each)) ?? { ...each, candidates: [] };
    row.candidates.push(...each.candidates);
    rows.set(keyOf(each), row);
  }
  const needed = [...rows.values()].sort(byPlace).map(({ missing, candidates }) => {
    const sorted = [...candidates].sort((left, right) => left.file - right.file);
    return settle({ missing, candidates: sorted });
  });
  return [...found.flatMap(({ findings }) => findings), ...needed].sort(inOrder);
}

/** Requirements stand in no order of their own here: findings are sorted by them anyway. */
const byPlace = (left: NeededPart, right: NeededPart): number => left.ordinal - right.ordinal;
