import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { RampartError } from '#model/error.js';
import { codeOf, shown, systemError } from './system-error.js';

/** What stands at a path, without following a link; undefined for nothing. */
export function standsAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw systemError('write', path, error);
  }
}

/**
 * Refuses paths that are not plain relative ones: absolute, climbing out with `..`, holding characters some system reads
 * as a separator or a drive, the same as another one, or a folder of another one.
 */
export function checkPaths(paths: readonly string[]): void {
  const taken = new Map<string, string>();
  for (const path of paths) {
    const parts = path.split('/');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (/[\u0000-\u001f\\:]/.test(path) || parts.some((part) => part === '' || part === '.' || part === '..')) {
      throw refused('RAMPART_PATH_ESCAPES', `${shown(path)} is not a plain path below the output folder.`);
    }
    // Two names that differ in case only are one file on some disks.
    const folded = path.normalize('NFC').toLowerCase();
    const other = taken.get(folded);
    if (other !== undefined) throw sameFile(other, path);
    taken.set(folded, path);
  }
  for (const [folded, path] of taken) {
    for (let at = folded.indexOf('/'); at !== -1; at = folded.indexOf('/', at + 1)) {
      const file = taken.get(folded.slice(0, at));
      if (file !== undefined) {
        throw refused('RAMPART_PATH_CLASH', `${shown(file)} cannot be both a file and the folder of ${shown(path)}.`);
      }
    }
  }
}

/** Refuses targets that are reached through a link below `root` or that are links or folders themselves. */
export function checkPlace(root: string, path: string): { target: string; exists: boolean } {
  const parts = path.split('/');
  let target = root;
  for (const [index, part] of parts.entries()) {
    target = join(target, part);
    const stat = standsAt(target);
    if (stat === undefined) return { target: join(root, path), exists: false };
    if (stat.isSymbolicLink()) {
      throw refused('RAMPART_PATH_LINK', `${shown(target)} is a symbolic link; writing through it could end anywhere.`);
    }
    if (index < parts.length - 1 ? !stat.isDirectory() : !stat.isFile()) {
      throw refused(
        'RAMPART_PATH_CLASH',
        `${shown(target)} stands where a ${index < parts.length - 1 ? 'folder' : 'file'} must go.`,
      );
    }
  }
  return { target, exists: true };
}

export const sameFile = (one: string, other: string): RampartError =>
  refused('RAMPART_PATH_CLASH', `${shown(one)} and ${shown(other)} are the same file.`);

const refused = (code: string, message: string): RampartError =>
  new RampartError(code, message, { exit: 'usage', next: 'Choose another output folder or name.' });
