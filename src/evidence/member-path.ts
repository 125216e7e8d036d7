import { RampartError } from '#model/error.js';

/** A file of a bundle, in a folder or in an archive. */
export interface BundleFile {
  /** Relative to the bundle's root, `/` between parts. */
  path: string;
  bytes: Uint8Array;
}

const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

const partProblem = (part: string): string | undefined => {
  if (part === '') return 'has an empty part or starts or ends with a slash';
  if (part === '.' || part === '..') return `has the part ${part}`;
  if (/[. ]$/.test(part)) return 'has a part that ends in a dot or blank, which Windows drops';
  if (Buffer.byteLength(part) > longestPart) return `has a part of more than ${longestPart} bytes`;
  if (reserved.test(part)) return 'has a part that is a device name on Windows';
  return undefined;
};

/**
 * Where ustar puts a path: names of more than 100 bytes are cut at the first slash that leaves at most 100. Undefined when
 * neither half can hold it: the CDK names templates of nested stacks after the whole way to them.
 */
export const splitForUstar = (path: string): { prefix: Uint8Array; name: Uint8Array } | undefined => {
  const bytes = Buffer.from(path, 'utf8');
  if (bytes.length <= 100) return { prefix: new Uint8Array(0), name: bytes };
  const cut = bytes.indexOf(0x2f, bytes.length - 101);
  if (cut < 1 || cut > 155 || cut === bytes.length - 1) return undefined;
  return { prefix: bytes.subarray(0, cut), name: bytes.subarray(cut + 1) };
};

/** Parts of a path: every folder of every path is looked at, and nobody nests evidence deeper. */
const deepest = 32;
/** Bytes of a part that file systems take, and of a path that a statement may speak of. */
const longestPart = 255;
const longestPath = 1024;

/** Why a path may not stand in a bundle; undefined when it may. It must mean one file, and the same one, everywhere. */
export const pathProblem = (path: string): string | undefined => {
  if (path === '') return 'is empty';
  // Cc: control, Cf: invisible and direction-changing, Cs: half of a pair, Zl and Zp: line ends.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(path)) return 'has a control or invisible character';
  if (/[\\:*?"<>|]/.test(path)) return 'has a character that is special on some system (\\ : * ? " < > |)';
  if (path.normalize('NFC') !== path) return 'is not in Unicode normal form C';
  const parts = path.split('/');
  if (parts.length > deepest) return `stands in more than ${deepest - 1} folders`;
  for (const part of parts) {
    const problem = partProblem(part);
    if (problem !== undefined) return problem;
  }
  return Buffer.byteLength(path) > longestPath ? `has more than ${longestPath} bytes` : undefined;
};

/** What a file system that ignores case and Unicode spelling would see. Upper before lower case folds ß and ss. */
export const folded = (path: string): string =>
  path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').toUpperCase().toLowerCase();

/** Every path that stands twice, has a twin in another spelling, or is a file and a folder at once. */
export const twinProblems = (paths: readonly string[]): string[] => {
  const seen = new Map<string, { spelling: string; file: boolean }>();
  const problems: string[] = [];
  for (const path of paths) {
    const parts = path.split('/');
    for (let i = 1; i <= parts.length; i++) {
      const spelling = parts.slice(0, i).join('/');
      const file = i === parts.length;
      const other = seen.get(folded(spelling));
      if (other === undefined) seen.set(folded(spelling), { spelling, file });
      else if (other.spelling !== spelling) problems.push(`${quote(spelling)} is a twin of ${quote(other.spelling)}`);
      else if (file && other.file) problems.push(`${quote(spelling)} is there twice`);
      else if (file !== other.file) problems.push(`${quote(spelling)} is a file and a folder`);
    }
  }
  return problems;
};

/** Bytewise order of the UTF-8 form, the order of archives and manifests. */
export const byPath = (a: { path: string }, b: { path: string }): number =>
  Buffer.compare(Buffer.from(a.path, 'utf8'), Buffer.from(b.path, 'utf8'));

/** A path fit to be printed: hostile names must not steer a terminal. */
export const quote = (path: string): string =>
  JSON.stringify(path.length > 120 ? `${path.slice(0, 120)}…` : path).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** Throws unless every path may stand in a bundle and no two collide. */
export const assertPaths = (paths: readonly string[]): void => {
  const problems = paths.flatMap((path) => {
    const problem = pathProblem(path);
    return problem === undefined ? [] : [`${quote(path)} ${problem}`];
  });
  if (problems.length === 0) problems.push(...twinProblems(paths));
  const [first] = problems;
  if (first === undefined) return;
  throw new RampartError('RAMPART_MEMBER_PATH', first, {
    exit: 'input',
    next: 'Rename the file; a bundle must unpack to the same files on every system.',
    problems: problems.map((message) => ({ message })),
  });
};
