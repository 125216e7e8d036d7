import { statSync } from 'node:fs';

/** Who else may read a regular file, by its mode; undefined for nobody, and on Windows, where a mode does not tell. */
export function openToOthers(path: string): 'everybody' | 'its group' | undefined {
  if (process.platform === 'win32') return undefined;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  if ((stat.mode & 0o004) !== 0) return 'everybody';
  return (stat.mode & 0o040) === 0 ? undefined : 'its group';
}
