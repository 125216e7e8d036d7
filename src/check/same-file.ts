import type { JudgedResource } from '#model/change.js';
import { plainPath } from './pattern.js';

/** What is told apart by its file, type and address. */
export type Named = JudgedResource;

/**
 * Two sides with files called alike: `old/a.yaml` and `new/a.yaml` are the same file of two states. Where both have one file, that is
 * the same one; where no path is on both sides, they are told by what
 * follows the folders all paths of a side begin with. A resource that is on each
 * side once, in different files, has moved.
 */
export function sameFiles<One extends Named>(before: readonly One[], after: readonly One[]): [One[], One[]] {
  const [left, right] = [pathsOf(before), pathsOf(after)];
  const name = namer(left, right);
  const rename = (side: readonly One[], own: (path: string) => string) =>
    side.map((one) => (one.file === '' ? one : { ...one, file: own(plainPath(one.file)) }));
  return moved(rename(before, name[0]), rename(after, name[1]));
}

const pathsOf = (side: readonly Named[]): string[] => [
  ...new Set(side.map(({ file }) => plainPath(file)).filter((file) => file !== '')),
];

type Namer = (path: string) => string;

function namer(left: readonly string[], right: readonly string[]): [Namer, Namer] {
  if (left.some((path) => right.includes(path))) return [(path) => path, (path) => path];
  const [first] = right;
  if (left.length === 1 && right.length === 1 && first !== undefined) return [() => first, () => first];
  const [short, shortRight] = [without(folderOf(left)), without(folderOf(right))];
  // Called as the later side has it in full: of a name without its folder two files may be meant.
  const full = new Map(right.map((path) => [shortRight(path), path]));
  return [(path) => full.get(short(path)) ?? path, (path) => path];
}

const without =
  (folder: string): Namer =>
  (path) =>
    path.slice(folder.length);

/** The folders all paths begin with, with the slash at their end. */
function folderOf([first = '', ...others]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (folder !== '' && others.some((path) => !path.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder;
}

function moved<One extends Named>(before: One[], after: One[]): [One[], One[]] {
  const [old, now] = [filesOf(before), filesOf(after)];
  const target = (one: One): One => {
    const key = JSON.stringify([one.type, one.resource]);
    const [from, to] = [old.get(key), now.get(key)];
    const [file] = to ?? [];
    return from?.size === 1 && to?.size === 1 && file !== undefined ? { ...one, file } : one;
  };
  return [before.map(target), after];
}

function filesOf(side: readonly Named[]): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const { type, resource, file } of side) {
    const key = JSON.stringify([type, resource]);
    files.set(key, (files.get(key) ?? new Set()).add(file));
  }
  return files;
}
