import type { Finding } from '#model/finding.js';
import type { Manifest } from '#model/resource.js';
import { plainWorld } from '#model/value.js';
import { type Against, contextOf, inOrder, judgeEach } from './check.js';
import { type Needed, neededOf, settle } from './exists.js';

/** What one share of a run found. Manifests are told by their index in the whole run. */
export interface Share {
  found: readonly { manifest: number; findings: readonly Finding[] }[];
  /** What the system needs, in the same order in every share, with the candidates of this one. */
  needed: readonly { missing: Finding; candidates: readonly { manifest: number; finding: Finding }[] }[];
}

/**
 * Which of `of` shares judges each manifest: the longest first, each to the share that has least to do. The same in every share,
 * since all of them read the same manifests.
 */
export function sharesOf(manifests: readonly Manifest[], of: number): number[] {
  const load = Array.from({ length: of }, () => 0);
  const shares = manifests.map(() => 0);
  const order = manifests.map((manifest, index) => ({ index, size: manifest.lines.text.length }));
  for (const { index, size } of order.sort((left, right) => right.size - left.size || left.index - right.index)) {
    const least = load.indexOf(Math.min(...load));
    shares[index] = least;
    load[least] = (load[least] ?? 0) + size;
  }
  return shares;
}

/** Judges share `index` (from 0) of `of`. All manifests of the run are given, since objects of Kubernetes know each other. */
export function checkShare(
  manifests: readonly Manifest[],
  against: Against,
  { index, of }: { index: number; of: number },
): Share {
  askInOrder(manifests);
  const shares = sharesOf(manifests, of);
  const own = manifests.map((manifest, at) => ({ manifest, at })).filter(({ at }) => shares[at] === index);
  const context = contextOf(
    own.map(({ manifest }) => manifest),
    against,
  );
  const languages = manifests.map(({ language }) => language);
  const needed = new Map<number, Share['needed'][number]>();
  const found = own.map(({ manifest, at }) => {
    if (against.needs.length > 0) {
      for (const [row, each] of neededOf([manifest], languages, against, context).entries()) {
        const known = needed.get(row) ?? { missing: each.missing, candidates: [] };
        const candidates = each.candidates.map((finding) => ({ manifest: at, finding }));
        needed.set(row, { ...known, candidates: [...known.candidates, ...candidates] });
      }
    }
    return { manifest: at, findings: judgeEach([manifest], against, context) };
  });
  return { found, needed: own.length === 0 ? nothingOf(languages, against, context) : [...needed.values()] };
}

/** A share without manifests still says what the system needs. */
const nothingOf = (
  languages: readonly Manifest['language'][],
  against: Against,
  context: ReturnType<typeof contextOf>,
): Share['needed'] =>
  against.needs.length === 0
    ? []
    : neededOf([], languages, against, context).map(({ missing }) => ({ missing, candidates: [] }));

/** A namespace no manifest holds is spoken of once in a run, by the first that asks: in every share that is the same one. */
function askInOrder(manifests: readonly Manifest[]): void {
  for (const { language, resources } of manifests) {
    if (language !== 'kubernetes') continue;
    for (const resource of resources) if (resource.type === 'Namespace') resource.existsIn(plainWorld);
  }
}

/** The findings of a run from all its shares: those that judging it at once makes. */
export function joined(shares: readonly Share[]): Finding[] {
  const found = shares.flatMap((share) => share.found).sort((left, right) => left.manifest - right.manifest);
  const rows = shares[0]?.needed ?? [];
  const needed = rows.map(({ missing }, row): Needed => {
    const candidates = shares
      .flatMap((share) => share.needed[row]?.candidates ?? [])
      .sort((left, right) => left.manifest - right.manifest);
    return { missing, candidates: candidates.map(({ finding }) => finding) };
  });
  return [...found.flatMap(({ findings }) => findings), ...needed.map(settle)].sort(inOrder);
}
