import type { Judged } from '#evidence/index.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import type { FileResult } from '#model/result.js';
import { subjectName } from './in-hand.js';

/** Every file that was judged, with the text it was judged by: templates nested in others are files of their own. */
export function judgedTexts(manifests: readonly Manifest[]): ReadonlyMap<string, Lines> {
  const texts = new Map(manifests.map(({ file, lines }) => [file, lines]));
  for (const { includes = [] } of manifests) {
    for (const { file, lines } of includes) if (!texts.has(file)) texts.set(file, lines);
  }
  return texts;
}

/** What is judged, each manifest with what of the others its verdict rests on. */
export function withGrounds(judged: readonly Judged[], files: readonly FileResult[]): readonly Judged[] {
  const contained = containedBy(files);
  const objects = files.flatMap(({ file, language }) => (language === 'kubernetes' ? [subjectName(file)] : []));
  // The objects of all files of a run know each other.
  const cluster = new Set(objects.length > 1 ? objects : []);
  return judged.map((each) => {
    const parts = each.kind === 'manifest' ? contained.get(each.path) : undefined;
    return {
      ...each,
      ...(parts ? { contains: [...parts].sort() } : {}),
      ...(each.kind === 'manifest' && cluster.has(each.path) ? { cluster: true as const } : {}),
    };
  });
}

/** Names of the templates nested in each, by what is said of the files. */
function containedBy(files: readonly FileResult[]): ReadonlyMap<string, ReadonlySet<string>> {
  const parts = new Map<string, Set<string>>();
  for (const { file, partOf = [] } of files) {
    const part = subjectName(file);
    for (const around of partOf.map(subjectName)) {
      if (around !== part) parts.set(around, (parts.get(around) ?? new Set()).add(part));
    }
  }
  return parts;
}
