import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import { type Given, readManifest } from '#manifest/read.js';
import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import type { FileResult } from '#model/result.js';

/** Endings of files that may be manifests, when a folder is given. */
const endings = ['.yaml', '.yml', '.json', '.template'];

/** A plan of ten thousand resources has 17 MB. What is no plan has a smaller limit, which its reader knows. */
const largestManifest = 64 * 1024 * 1024;

export interface Read {
  manifests: Manifest[];
  files: FileResult[];
  /** Text of each judged file. */
  sources: Map<string, Lines>;
}

/** Reads the manifests under some paths. A file that cannot be read is a row of `files`, never the end of the run. */
export async function readManifests(paths: readonly string[], given: Given): Promise<Read> {
  const { files: found, problems } = listFiles(paths, (path) => endings.some((ending) => path.endsWith(ending)));
  const read = emptyRead();
  for (const problem of problems) read.files.push(unreadable(problem, problem.position?.file ?? ''));
  const named = new Set(paths);
  for (const file of found) {
    try {
      keep(read, readManifest(file, await readText(file, { maxBytes: largestManifest }), given), named.has(file));
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      read.files.push(unreadable(error, file));
    }
  }
  return read;
}

export const emptyRead = (): Read => ({ manifests: [], files: [], sources: new Map() });

/** Adds what was read of one file; `isNamed` when the user named the file itself. */
export function keep(read: Read, result: ReturnType<typeof readManifest>, isNamed: boolean): void {
  if ('reason' in result) {
    // A file named outright is one the user takes for a manifest; one found in a folder may be anything.
    const status = isNamed ? 'not-readable' : 'not-a-manifest';
    read.files.push({ file: result.file, status, resources: 0, notes: [{ message: result.reason }] });
    return;
  }
  read.manifests.push(result);
  // A plan may hold secrets, and often is one line: its text is never shown.
  if (result.language !== 'terraform') read.sources.set(result.file, result.lines);
  const notes = result.notFollowed.map(({ what, at }) => ({ message: what, position: result.lines.position(at) }));
  read.files.push({ file: result.file, status: 'judged', resources: result.resources.length, notes });
}

function unreadable(error: RampartError, file: string): FileResult {
  const position = error.position ? { position: error.position } : {};
  return { file, status: 'not-readable', resources: 0, notes: [{ message: error.message, ...position }] };
}
