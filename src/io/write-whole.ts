import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFile,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { RampartError } from '#model/error.js';
import { onInterrupt } from './interrupt.js';
import { checkPaths, checkPlace, sameFile } from './output-path.js';
import { codeOf, shown, systemError } from './system-error.js';

export interface OutputFile {
  /** Below the root, `/` between parts. */
  path: string;
  bytes: Uint8Array;
  /** Permission bits for a file that keeps a secret; otherwise what the user's umask makes of 0666. */
  mode?: number;
}

interface Staged {
  target: string;
  temp: string;
  exists: boolean;
}

/**
 * Writes all files or none. Each goes to a temporary sibling and to the disk first; only when all are there are they
 * renamed into place, in one step that no signal can enter. Existing files are refused before anything is written, unless
 * `force` is set. Folders are made as needed and taken away again on failure. Returns the paths written, sorted.
 */
export async function writeWhole(
  files: readonly OutputFile[],
  { root, force = false }: { root: string; force?: boolean },
): Promise<readonly string[]> {
  checkPaths(files.map((file) => file.path));
  const base = resolve(root);
  checkRoot(base, root);
  const places = files.map((file) => ({ file, ...checkPlace(base, file.path) }));
  const existing = places.filter((place) => place.exists).map((place) => join(root, place.file.path));
  if (existing.length > 0 && !force) throw wouldOverwrite(existing);

  await putAll(places, root);
  return files.map((file) => join(root, file.path)).sort();
}

/**
 * The same for files that each have a path of their own, such as a user gives: from anywhere to anywhere, all or none. Two paths
 * to one file are refused.
 */
export async function writeEach(files: readonly OutputFile[], { force = false }: { force?: boolean }): Promise<void> {
  const targets = new Map<string, string>();
  const places = files.map((file) => {
    const folder = dirname(file.path);
    checkPaths([basename(file.path)]);
    checkRoot(resolve(folder), folder);
    const place = { file, ...checkPlace(resolve(folder), basename(file.path)) };
    const folded = place.target.normalize('NFC').toLowerCase();
    const other = targets.get(folded);
    if (other !== undefined) throw sameFile(other, file.path);
    targets.set(folded, file.path);
    return place;
  });
  const existing = places.filter(({ exists }) => exists).map(({ file }) => file.path);
  if (existing.length > 0 && !force) throw wouldOverwrite(existing);
  await putAll(places, files[0]?.path ?? '');
}

async function putAll(
  places: readonly { file: OutputFile; target: string; exists: boolean }[],
  named: string,
): Promise<void> {
  const attempt = new Attempt();
  const forget = onInterrupt(() => attempt.abandon());
  try {
    for (const { file, target, exists } of places) await attempt.stage(file, target, exists);
    attempt.commit();
  } catch (error) {
    attempt.abandon();
    throw systemError('write', named, error);
  } finally {
    forget();
  }
}

class Attempt {
  private readonly staged: Staged[] = [];
  private readonly folders: string[] = [];

  async stage(file: OutputFile, target: string, exists: boolean): Promise<void> {
    this.makeFolder(dirname(target));
    const temp = temporary(target);
    try {
      // Opened at once, so that no interruption finds a file which is about to be there but not yet.
      const handle = openSync(temp, 'wx', file.mode ?? 0o666);
      this.staged.push({ target, temp, exists });
      try {
        await write(handle, file.bytes);
        await flush(handle);
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      throw systemError('write', target, error);
    }
  }

  /** Without a pause between the renames; should one fail, those before it are undone. */
  commit(): void {
    const undo: (() => void)[] = [];
    const backups: string[] = [];
    try {
      for (const { target, temp, exists } of this.staged) {
        const backup = exists ? keep(target) : undefined;
        if (backup) backups.push(backup);
        renameSync(temp, target);
        undo.push(backup ? () => renameSync(backup, target) : () => rmSync(target));
      }
      this.staged.length = 0;
      this.folders.length = 0;
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      for (const backup of backups) rmSync(backup, { force: true });
    }
  }

  abandon(): void {
    for (const { temp } of this.staged) rmSync(temp, { force: true });
    for (const folder of this.folders.reverse()) {
      try {
        rmdirSync(folder);
      } catch {
        // Someone else put a file there meanwhile: it stays.
      }
    }
    this.staged.length = 0;
    this.folders.length = 0;
  }

  private makeFolder(folder: string): void {
    const missing: string[] = [];
    for (let at = folder; !isThere(at); at = dirname(at)) missing.push(at);
    for (const path of missing.reverse()) {
      try {
        mkdirSync(path);
        this.folders.push(path);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw systemError('make the folder', path, error);
      }
    }
  }
}

const write = promisify(writeFile);
const flush = promisify(fsync);

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

const temporary = (target: string): string => join(dirname(target), `.rampart-${randomBytes(8).toString('hex')}.tmp`);

/** A second name for the file about to be replaced; a copy where the disk knows no second names. */
function keep(target: string): string {
  const backup = temporary(target);
  try {
    linkSync(target, backup);
  } catch {
    copyFileSync(target, backup);
  }
  return backup;
}

function checkRoot(base: string, root: string): void {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(base, { throwIfNoEntry: false });
  } catch (error) {
    throw systemError('write', root, error);
  }
  if (stat && !stat.isDirectory()) {
    throw new RampartError('RAMPART_OUTPUT_NOT_FOLDER', `${shown(root)} is a file; the output needs a folder.`, {
      exit: 'usage',
      next: 'Choose another output folder.',
    });
  }
}

const wouldOverwrite = (existing: readonly string[]): RampartError =>
  new RampartError(
    'RAMPART_WOULD_OVERWRITE',
    existing.length === 1
      ? `${shown(existing[0] as string)} is there already. Nothing was written.`
      : `${existing.length} files are there already. Nothing was written.`,
    {
      exit: 'usage',
      next: `Choose another place, or add --force to replace ${existing.length === 1 ? 'it' : 'them'}.`,
      problems: existing.length === 1 ? [] : existing.map((path) => ({ message: `${shown(path)} exists` })),
    },
  );
