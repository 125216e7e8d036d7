import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RampartError } from '#model/error.js';
import { readBytes } from './read.js';
import { shown, systemError } from './system-error.js';
import { isFolder } from './within.js';

/** A bundle as it lies on the disk: an archive, or the same tree as a folder. */
export type StoredBundle = { archive: Uint8Array } | { files: { path: string; bytes: Uint8Array }[] };

/**
 * Reads either form; of a folder no more bytes in all than of an archive, and no more files. In a folder anything but files and folders
 * is refused: a link would lead out of the evidence.
 */
export async function readBundle(
  path: string,
  { archive: maxBytes, files: mostFiles }: { archive: number; files: number },
): Promise<StoredBundle> {
  let isFolder: boolean;
  try {
    isFolder = lstatSync(path).isDirectory();
  } catch (error) {
    throw systemError('read', path, error);
  }
  if (!isFolder) return { archive: await readBytes(path, { maxBytes }) };
  const files: { path: string; bytes: Uint8Array }[] = [];
  let left = maxBytes;
  for (const name of walk(path)) {
    if (files.length === mostFiles) throw tooMuch(path);
    const file = join(path, name);
    if (sizeOf(file) > left) throw tooMuch(path);
    const bytes = await readBytes(file, { maxBytes: left });
    left -= bytes.length;
    files.push({ path: name, bytes });
  }
  return { files };
}

/** Of a name that is no Unicode the system gives another one, under which nothing stands. */
function sizeOf(file: string): number {
  try {
    return lstatSync(file).size;
  } catch (error) {
    if (!file.includes('\ufffd')) throw systemError('read', file, error);
    throw new RampartError('RAMPART_MEMBER_PATH', `${shown(file)} has a name that is no Unicode`, {
      exit: 'untrusted',
      next: 'Ask for the bundle again: the names in one are Unicode.',
    });
  }
}

const tooMuch = (path: string): RampartError =>
  new RampartError('RAMPART_BUNDLE_TOO_LARGE', `${shown(path)} holds more files or bytes than a bundle may`, {
    exit: 'untrusted',
    next: 'Ask for the bundle again, and name its folder, not one around it.',
  });

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw systemError('read', folder, error);
  }
}

/** Paths of all that stands below a folder and is no folder, in the order of the disk; nothing of one that is not there. */
export function* standingIn(root: string): Generator<string> {
  if (!isFolder(root)) return;
  for (const [path] of below(root, '')) yield path;
}

function* walk(root: string): Generator<string> {
  for (const [path, entry] of below(root, '')) {
    if (!entry.isFile()) {
      throw new RampartError('RAMPART_BUNDLE_LINK', `${shown(join(root, path))} is neither a file nor a folder`, {
        exit: 'untrusted',
        next: 'Ask for the bundle again: a bundle holds files and folders only.',
      });
    }
    yield path;
  }
}

function* below(root: string, folder: string): Generator<[path: string, entry: Dirent]> {
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* below(root, path);
    else yield [path, entry];
  }
}
