import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import { readyForMuch } from './engine.js';
import { waitedFor } from './interrupt.js';
import { shown, systemError } from './system-error.js';

export interface ReadLimit {
  /** Largest number of bytes accepted. */
  maxBytes: number;
}

/**
 * A file's text, without a byte order mark. Refuses (exit `input`) what is missing, is a folder, is larger than the limit,
 * is binary or is not UTF-8; what may not be read is the outside world's fault.
 */
export async function readText(path: string, limit: ReadLimit): Promise<string> {
  return textOf(await readBytes(path, limit), path);
}

/** The same at once, for a regular file. */
export function readTextNow(path: string, { maxBytes }: ReadLimit): string {
  return textOf(readRegular(path, maxBytes), path);
}

/** What standard input holds, to its end and under the same rules as a file; it is called `stdin`. */
export async function readStandardInput({ maxBytes }: ReadLimit): Promise<string> {
  try {
    return textOf(await waitedFor(readStream(process.stdin, 'stdin', maxBytes)), 'stdin');
  } catch (error) {
    throw systemError('read', 'stdin', error);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array, path: string): string {
  if (bytes.includes(0)) throw notText(path, bytes);
  readyForMuch(bytes.length);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new RampartError('RAMPART_NOT_UTF8', `${shown(path)} is not UTF-8 text.`, {
      exit: 'input',
      next: 'Save the file with UTF-8 encoding.',
      cause,
    });
  }
}

/** A file's bytes. Regular files and pipes are read, never devices; a file that grows while it is read keeps to the limit. */
export async function readBytes(path: string, { maxBytes }: ReadLimit): Promise<Uint8Array> {
  try {
    if (statSync(path).isFIFO()) return await waitedFor(readPipe(path, maxBytes));
  } catch (error) {
    throw systemError('read', path, error);
  }
  return readRegular(path, maxBytes);
}

function readRegular(path: string, maxBytes: number): Uint8Array {
  let handle: number | undefined;
  try {
    // Without O_NONBLOCK a pipe put in the file's place meanwhile would hang and could not be interrupted.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    if (!stat.isFile()) throw notAFile(path);
    if (stat.size > maxBytes) throw tooLarge(path, maxBytes);
    return readFile(path, handle, stat.size, maxBytes);
  } catch (error) {
    throw systemError('read', path, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Sizes lie (files under /proc say 0, others grow), so it reads to the end and stops past the limit. */
function readFile(path: string, handle: number, size: number, maxBytes: number): Uint8Array {
  let buffer = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1);
  let used = 0;
  for (;;) {
    const count = readSync(handle, buffer, used, buffer.length - used, null);
    if (count === 0) return buffer.subarray(0, used);
    used += count;
    if (used > maxBytes) throw tooLarge(path, maxBytes);
    if (used === buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(buffer.length * 2 + 4096, maxBytes + 1));
      buffer.copy(larger);
      buffer = larger;
    }
  }
}

/** A pipe nobody writes to yet is waited for on the event loop: a thread blocked in open() could not be interrupted. */
async function readPipe(path: string, maxBytes: number): Promise<Uint8Array> {
  const { Socket } = await import('node:net');
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return readStream(new Socket({ fd, readable: true, writable: false }), path, maxBytes);
}

async function readStream(stream: AsyncIterable<unknown>, path: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let used = 0;
  for await (const chunk of stream) {
    used += (chunk as Buffer).length;
    if (used > maxBytes) throw tooLarge(path, maxBytes);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

const notAFile = (path: string): RampartError =>
  new RampartError('RAMPART_NOT_A_FILE', `${shown(path)} is neither a file nor a pipe.`, {
    exit: 'input',
    next: 'Name a file.',
  });

const tooLarge = (path: string, maxBytes: number): RampartError =>
  new RampartError('RAMPART_TOO_LARGE', `${shown(path)} is larger than ${size(maxBytes)}, the most that is read.`, {
    exit: 'input',
    next: 'Check that this is the right file; split it if it is.',
  });

const size = (bytes: number): string =>
  bytes >= 1024 * 1024
    ? `${Math.round(bytes / 1024 / 1024)} MiB`
    : bytes >= 1024
      ? `${Math.round(bytes / 1024)} KiB`
      : `${bytes} bytes`;

function notText(path: string, bytes: Uint8Array): RampartError {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new RampartError(
    'RAMPART_BINARY',
    `${shown(path)} is ${utf16 ? 'UTF-16 text' : 'a binary file'}, not UTF-8 text.`,
    {
      exit: 'input',
      next: utf16 ? 'Save the file with UTF-8 encoding.' : 'Name a text file.',
    },
  );
}
