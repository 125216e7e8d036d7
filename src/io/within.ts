import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { codeOf, shown } from './system-error.js';

/** A file inside a folder: the path to show, and the one name it has however it is reached. */
export type Inside = { path: string; identity: string } | { refused: string };

/**
 * The file that `path`, written in the file `from`, names; only one that is inside `root` when all symbolic links are
 * followed. What a file names must not be a way to anything beside the folder a person gave.
 */
export function fileInside(root: string, path: string, from: string): Inside {
  if (path.includes('\0')) return { refused: 'its path holds a character no path may have' };
  if (isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path)) return { refused: `${shown(path)} is an absolute path` };
  const beside = join(dirname(from), path);
  try {
    const folder = realpathSync(root);
    // Before any link is followed: whether a file outside exists is nobody's business.
    if (isOutside(relative(resolve(root), resolve(beside)))) return { refused: outside(path, root) };
    const identity = realpathSync(beside);
    if (isOutside(relative(folder, identity))) return { refused: outside(path, root) };
    if (!statSync(identity).isFile()) return { refused: `${shown(path)} is no file` };
    return { path: beside, identity };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return { refused: code === 'ENOENT' ? `${shown(path)} does not exist` : `${shown(path)} cannot be read (${code})` };
  }
}

/** The folder a named file may refer to others in: the current one where the file is below it, else the file's own. */
export function rootOf(file: string, folders: readonly string[]): string {
  const real = realpathSync(file);
  const holds = (folder: string): boolean => existsSync(folder) && !isOutside(relative(realpathSync(folder), real));
  const given = folders.filter((folder) => isFolder(folder) && holds(folder));
  const [first] = given.sort((one, other) => one.length - other.length);
  if (first !== undefined) return first;
  return holds('.') ? '.' : dirname(file);
}

/** Whether a path is a folder; a link to one is. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Files of a name that lie in the folders of some files, these among them. */
export const neighbours = (files: readonly string[], name: string): string[] =>
  [...new Set(files.map((path) => join(dirname(path), name)))].filter(isThere);

/** Whether something is there that is no folder; whether it can be read is seen when it is. */
function isThere(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch (error) {
    return codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR';
  }
}

/** The one name a file has however it is reached. */
export const identityOf = (path: string): string => realpathSync(path);

/** Whether a way from a folder leads out of it. */
export const isOutside = (way: string): boolean => way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);

const outside = (path: string, root: string): string =>
  `${shown(path)} is outside of the folder ${shown(root)}, beyond which nothing is opened`;
