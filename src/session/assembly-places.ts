import { posix } from 'node:path';
import type { BundleFile } from '#evidence/index.js';
import { type AssemblyStack, readAssembly } from '#manifest/cdk-assembly.js';
import type { Result } from '#model/result.js';
import { subjectName } from './in-hand.js';

export interface Place {
  /** Name of the assembly's manifest. */
  assembly: string;
  stack: AssemblyStack;
}

/** Names of templates → where sealed assemblies say that each goes. */
export function placesIn(assemblies: readonly BundleFile[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  // Those of stages stand further inside, and are read after what they stand in.
  for (const { path, bytes } of [...assemblies].sort((left, right) => left.path.length - right.path.length)) {
    const { stacks = [] } = readAssembly(new TextDecoder('utf-8').decode(bytes)) ?? {};
    for (const stack of stacks) places.set(posix.join(posix.dirname(path), stack.file), { assembly: path, stack });
  }
  return places;
}

/** Names of templates → those of what names the files to be published with each, as sealed assemblies have it. */
export const assetsIn = (assemblies: readonly BundleFile[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...placesIn(assemblies)].map(([template, { assembly, stack }]) => [
      template,
      stack.assets.map((file) => posix.join(posix.dirname(assembly), file)),
    ]),
  );

/** What a result says of where its files go, and what sealed assemblies say of the same files. */
export function placesOf({ files }: Result, assemblies: readonly BundleFile[]): { said: unknown; made: unknown } {
  const places = placesIn(assemblies);
  // A template that was judged as a part of another goes where that goes.
  const own = files.filter(({ status, partOf }) => status === 'judged' && partOf === undefined);
  return {
    said: own.map(({ assembly }) => (assembly === undefined ? null : subjectName(assembly))),
    made: own.map(({ file }) => places.get(subjectName(file))?.assembly ?? null),
  };
}
