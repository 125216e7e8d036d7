import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readTextNow } from './read.js';

/** Name of the file that says which files of its folder are left out, in the language of `.gitignore`. */
export const ignoreFile = '.rampartignore';

/** Whether the ignore files of some folders leave a file out. Undefined when there are none. */
export async function ignoring(folders: readonly string[]): Promise<((path: string) => boolean) | undefined> {
  const files = [...new Set(folders.map((folder) => join(folder, ignoreFile)))].filter((path) => existsSync(path));
  if (files.length === 0) return undefined;
  const { default: ignore } = await import('ignore');
  const rules = files.map((path) => ({
    root: resolve(path, '..'),
    matcher: ignore().add(readTextNow(path, { maxBytes: 1024 * 1024 })),
  }));
  return (path) =>
    rules.some(({ root, matcher }) => {
      const below = relative(root, resolve(path)).split(sep).join('/');
      return below !== '' && ignore.isPathValid(below) && matcher.ignores(below);
    });
}
