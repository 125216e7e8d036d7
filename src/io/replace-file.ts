import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { RampartError } from '#model/error.js';
import { readBytes } from './read.js';
import { shown, systemError } from './system-error.js';
import { writeWhole } from './write-whole.js';

const mark = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * Puts a text in the place of another. Refuses where the file says something else by now: whoever changed it meanwhile must
 * not lose that. A byte order mark and the file's permissions stay as they are.
 */
export async function replaceText(path: string, before: string, after: string, maxBytes: number): Promise<void> {
  const bytes = await readBytes(path, { maxBytes });
  const isMarked = mark.every((byte, index) => bytes[index] === byte);
  if (new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== before) {
    throw new RampartError('RAMPART_CHANGED_MEANWHILE', `${shown(path)} was changed meanwhile; it was left as it is.`, {
      exit: 'outside',
      next: 'Run the command again.',
    });
  }
  const text = new TextEncoder().encode(after);
  const file = { path: basename(path), bytes: isMarked ? Buffer.concat([mark, text]) : text, mode: modeOf(path) };
  await writeWhole([file], { root: dirname(path), force: true });
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch (error) {
    throw systemError('read', path, error);
  }
}
