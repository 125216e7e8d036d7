import { posix } from 'node:path';
import type { BundleFile, Judged } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import { fileInside } from '#io/within.js';
import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import type { FileResult } from '#model/result.js';
import { largestAssembly } from './assemblies.js';
import { assetsIn } from './assembly-places.js';
import { subjectName } from './in-hand.js';
import { judgedNamesOf, publishedBy } from './published.js';

/** Every file that was judged, with the text it was judged by: templates nested in others are files of their own. */
export function judgedTexts(manifests: readonly Manifest[]): ReadonlyMap<string, Lines> {
  const texts = new Map(manifests.map(({ file, lines }) => [file, lines]));
  for (const { includes = [] } of manifests) {
    for (const { file, lines } of includes) if (!texts.has(file)) texts.set(file, lines);
  }
  return texts;
}

/** What is judged, each manifest with what of the others its verdict rests on; `beside` is what `readAssemblies` gives. */
export function withGrounds(
  judged: readonly Judged[],
  files: readonly FileResult[],
  beside: readonly BundleFile[] = [],
): readonly Judged[] {
  const contained = containedBy(files);
  const objects = files.flatMap(({ file, language }) => (language === 'kubernetes' ? [subjectName(file)] : []));
  // The objects of all files of a run know each other.
  const cluster = new Set(objects.length > 1 ? objects : []);
  const assemblies = assembliesOf(files);
  const assets = assetsIn(beside);
  const held = new Set(beside.map(({ path }) => path));
  return judged.map((each) => {
    const assembly = each.kind === 'manifest' ? assemblies.get(each.path) : undefined;
    const published = assembly === undefined ? [] : (assets.get(each.path) ?? []).filter((name) => held.has(name));
    const parts = each.kind === 'manifest' ? contained.get(each.path) : undefined;
    return {
      ...each,
      ...(parts ? { contains: [...parts].sort() } : {}),
      ...(each.kind === 'manifest' && cluster.has(each.path) ? { cluster: true as const } : {}),
      ...(assembly === undefined ? {} : { assembly }),
      ...(published.length > 0 ? { assets: [...published].sort() } : {}),
    };
  });
}

/** Names of templates → that of the assembly that says where each goes, by what is said of the files. */
export const assembliesOf = (files: readonly FileResult[]): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap(({ file, assembly }): [string, string][] =>
      assembly === undefined ? [] : [[subjectName(file), subjectName(assembly)]],
    ),
  );

/**
 * The assemblies that say where something that was judged goes, which are not to have changed since they were read, and what names the
 * files to be published with it, where that is there, with what these hold.
 */
export async function readAssemblies(
  files: readonly FileResult[],
  records: ReadonlyMap<string, string> = new Map(),
): Promise<Judged[]> {
  const assemblies = await Promise.all(
    [...new Set(files.flatMap(({ assembly }) => assembly ?? []))].map(async (file): Promise<Judged> => {
      const bytes = await readBytes(file, { maxBytes: largestAssembly });
      if (new TextDecoder('utf-8').decode(bytes) === records.get(file))
        return { path: subjectName(file), bytes, kind: 'assembly' };
      throw new RampartError(
        'RAMPART_CHANGED_MEANWHILE',
        `${file} was changed while its stacks were judged; nothing was signed`,
        { exit: 'outside', next: 'Run the command again.' },
      );
    }),
  );
  const assets = assetsIn(assemblies);
  const places = assembliesOf(files);
  const named = new Map(
    [...places].flatMap(([template, assembly]) =>
      (assets.get(template) ?? []).map((name) => [name, assembly] as const),
    ),
  );
  const published = [...named].flatMap(([name, assembly]) => {
    const found = fileInside(posix.dirname(assembly), posix.relative(posix.dirname(assembly), name), assembly);
    return 'path' in found ? [found.path] : [];
  });
  const judged = judgedNamesOf(files);
  const contents = await Promise.all(
    published.map(async (file) => {
      const bytes = await readBytes(file, { maxBytes: largestAssembly });
      return publishedBy({ path: subjectName(file), bytes, kind: 'assets' }, judged);
    }),
  );
  const byName = new Map(contents.flat().map((each) => [each.path, each]));
  return [...assemblies, ...byName.values()];
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
