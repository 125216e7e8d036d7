import { RampartError } from '#model/error.js';
import { decodeUtf8 } from './canonical-json.js';
import { sha256 } from './digest.js';
import { assertPaths, type BundleFile, byPath, pathProblem, quote, splitForUstar } from './member-path.js';
import { notArchive } from './packed.js';
import { longestPax, pathInPax, paxRecord } from './pax.js';

/** Bytes of a header, and what every file is padded to. */
export const block = 512;
const largestOctal = 0o77777777777;

/** Bounds on what is read. Nothing in a bundle is compressed, so these are bounds on memory too. Sizes in bytes. */
export interface Limits {
  archive: number;
  file: number;
  files: number;
}

export const defaultLimits: Limits = { archive: 256 * 2 ** 20, file: 64 * 2 ** 20, files: 10_000 };

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/**
 * The only header an entry may have: mode 644, owner 0, no names, no device (POSIX.1-2017, `pax`, section "ustar Interchange
 * Format").
 */
const headerOf = (
  { name, prefix }: { name: Uint8Array; prefix: Uint8Array },
  { type, size, mtime }: { type: '0' | 'x'; size: number; mtime: number },
): Uint8Array => {
  const header = Buffer.alloc(block);
  header.set(name, 0);
  header.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  header.write(octal(size, 11) + octal(mtime, 11), 124, 'latin1');
  header.write(`        ${type}`, 148, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write('0000000\0' + '0000000\0', 329, 'latin1');
  header.set(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
};

/**
 * All that stands before the bytes of a file of this path, size and time: a header, or where none can hold the path a pax header with
 * the path and nothing else. Then a digest stands in for the name, by which nobody can take one file for another.
 */
const headersOf = (path: string, size: number, mtime: number): Uint8Array => {
  if (pathProblem(path) !== undefined) throw broken(`${quote(path)} can't be a name`);
  const split = splitForUstar(path);
  if (split !== undefined) return headerOf(split, { type: '0', size, mtime });
  const record = paxRecord(path);
  const standIn = { name: Buffer.from(sha256(Buffer.from(path, 'utf8'))), prefix: new Uint8Array(0) };
  return Buffer.concat([
    headerOf(standIn, { type: 'x', size: record.length, mtime }),
    record,
    new Uint8Array(padding(record.length)),
    headerOf(standIn, { type: '0', size, mtime }),
  ]);
};

const padding = (size: number): number => (block - (size % block)) % block;

/**
 * The canonical archive of these files: sorted by name, every header as `headersOf`, two zero blocks, nothing after.
 * `mtime` is in seconds since 1970 (0, or SOURCE_DATE_EPOCH).
 */
export const writeUstar = (files: readonly BundleFile[], mtime: number): Uint8Array => {
  if (!Number.isSafeInteger(mtime) || mtime < 0 || mtime > largestOctal) throw broken(`${mtime} can't be a file time`);
  assertPaths(files.map((file) => file.path));
  const parts: Uint8Array[] = [];
  for (const { path, bytes } of [...files].sort(byPath)) {
    parts.push(headersOf(path, bytes.length, mtime), bytes, new Uint8Array(padding(bytes.length)));
  }
  return Buffer.concat([...parts, new Uint8Array(2 * block)]);
};

/**
 * Reads an archive that `writeUstar` could have written, and no other: each header is made again from what it says and
 * compared, so that links, other extended headers, owners, odd spellings of numbers and wrong checksums all fall out. The bytes
 * of the files are views into the archive; nothing is unpacked.
 */
export const readUstar = (
  archive: Uint8Array,
  limits: Limits = defaultLimits,
): { files: BundleFile[]; mtime: number } => {
  if (archive.length > limits.archive) throw broken(`the archive has more than ${limits.archive} bytes`);
  const other = notArchive(archive);
  if (other !== undefined) throw broken(other);
  const files: BundleFile[] = [];
  let mtime: number | undefined;
  let at = 0;
  while (!isZero(archive.subarray(at, at + block))) {
    if (files.length >= limits.files) throw broken(`the archive has more than ${limits.files} files`);
    const entry = readEntry(archive, at, limits);
    const last = files.at(-1);
    if (last !== undefined && byPath(last, entry.file) >= 0) {
      throw broken(`${quote(entry.file.path)} is there twice or out of order`);
    }
    if (mtime !== undefined && entry.mtime !== mtime) throw broken(`${quote(entry.file.path)} has a time of its own`);
    mtime = entry.mtime;
    files.push(entry.file);
    at = entry.end;
  }
  const rest = archive.length - at;
  if (rest < 2 * block) throw broken('the archive is cut off: its end marker is missing');
  if (rest > 2 * block || !isZero(archive.subarray(at))) throw broken('something follows the end of the archive');
  assertPaths(files.map((file) => file.path));
  return { files, mtime: mtime ?? 0 };
};

const readEntry = (
  archive: Uint8Array,
  at: number,
  limits: Limits,
): { file: BundleFile; mtime: number; end: number } => {
  const first = headerAt(archive, at);
  const long = typeOf(first) === 'x' ? longName(archive, first, at + block) : undefined;
  const header = long ? headerAt(archive, long.end) : first;
  const type = typeOf(header);
  if (type !== '0') throw broken(`an entry is ${entryTypes[type] ?? 'of an unknown type'}; only regular files may be`);
  const path = long?.path ?? nameIn(header);
  const problem = pathProblem(path);
  if (problem !== undefined) throw broken(`the name ${quote(path)} ${problem}`);
  const size = number(header, 124, path);
  const mtime = number(header, 136, path);
  const start = (long?.end ?? at) + block;
  if (Buffer.compare(headersOf(path, size, mtime), archive.subarray(at, start)) !== 0) {
    throw broken(`the header of ${quote(path)} is not canonical (owner, mode, checksum or an extension)`);
  }
  if (size > limits.file) throw broken(`${quote(path)} has more than ${limits.file} bytes`);
  const end = start + size + padding(size);
  if (end > archive.length) throw broken(`the archive is cut off in ${quote(path)}`);
  if (!isZero(archive.subarray(start + size, end)))
    throw broken(`something is hidden behind the end of ${quote(path)}`);
  return { file: { path, bytes: archive.subarray(start, start + size) }, mtime, end };
};

const headerAt = (archive: Uint8Array, at: number): Uint8Array => {
  const header = archive.subarray(at, at + block);
  if (header.length < block) throw broken('the archive is cut off in a header');
  return header;
};

const typeOf = (header: Uint8Array): string => String.fromCharCode(header[156] ?? 0);

const nameIn = (header: Uint8Array): string => {
  const name = field(header, 0, 100);
  const prefix = field(header, 345, 155);
  return prefix === '' ? name : `${prefix}/${name}`;
};

/** The name in a pax header whose record starts here, and where the file's own header does. */
const longName = (archive: Uint8Array, header: Uint8Array, start: number): { path: string; end: number } => {
  const size = number(header, 124, 'a pax header');
  if (size > longestPax) throw broken('a pax header holds more than a name');
  const end = start + size + padding(size);
  if (end > archive.length) throw broken('the archive is cut off in a pax header');
  const path = pathInPax(decodeUtf8(archive.subarray(start, start + size), 'a pax header'));
  if (path === undefined) throw broken('a pax header holds something else than a name');
  return { path, end };
};

const entryTypes: Readonly<Record<string, string>> = {
  '\0': 'of the old file type',
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a device',
  '4': 'a device',
  '5': 'a folder',
  '6': 'a pipe',
  x: 'a pax header',
  g: 'a global pax header',
  L: 'a GNU long name',
  K: 'a GNU long link',
  S: 'a GNU sparse file',
};

const field = (header: Uint8Array, start: number, length: number): string => {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return decodeUtf8(end < 0 ? bytes : bytes.subarray(0, end), 'a name in the archive');
};

const number = (header: Uint8Array, start: number, path: string): number => {
  const text = Buffer.from(header.subarray(start, start + 12)).toString('latin1');
  if (!/^[0-7]{11}\0$/.test(text)) throw broken(`a number in the header of ${quote(path)} is not canonical`);
  return Number.parseInt(text, 8);
};

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

const broken = (message: string): RampartError =>
  new RampartError('RAMPART_ARCHIVE_NOT_CANONICAL', message, {
    exit: 'untrusted',
    next: 'Get the bundle again from its source. Do not repack it: a bundle has exactly one archive form.',
  });
