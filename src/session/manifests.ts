import { listFiles } from '#io/list-files.js';
import { readStandardInput, readText } from '#io/read.js';
import type { NotAManifest } from '#manifest/read.js';
import { type Given, readTemplateFile } from '#manifest/template-file.js';
import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Manifest } from '#model/resource.js';
import type { FileResult } from '#model/result.js';

/** Endings of files that may be manifests, when a folder is given. */
const endings = ['.yaml', '.yml', '.json', '.template'];

/** A plan of ten thousand resources has 17 MB. What is no plan has a smaller limit, which its reader knows. */
export const largestManifest = 64 * 1024 * 1024;

export interface Read {
  manifests: Manifest[];
  /** What is said of each file; those left to others have a row too, which says nothing. */
  files: FileResult[];
  /** Text of each judged file. */
  sources: Map<string, Lines>;
}

/** Whether a file, by its place in the run and its text, need not be read here because another process judges it. */
export type LeftToOthers = (index: number, file: string, text: string) => boolean;

/** What the user writes to have standard input judged. */
const standardInput = '-';

/**
 * Reads the manifests under some paths, and those of standard input for `-`. A file that cannot be read is a row of
 * `files`, never the end of the run.
 */
export async function readManifests(
  paths: readonly string[],
  given: Given,
  isLeft: LeftToOthers = () => false,
): Promise<Read> {
  const files = paths.filter((path) => path !== standardInput);
  const { files: found, problems } = listFiles(files, (path) => endings.some((ending) => path.endsWith(ending)));
  const read = emptyRead();
  for (const { path, error } of problems) read.files.push(unreadable(error, path));
  const named = new Set(paths);
  const readOther = othersReader(given);
  const limit = { maxBytes: largestManifest };
  const take = async (file: string, text: Promise<string>, isNamed: boolean, index = -1): Promise<void> => {
    try {
      const content = await text;
      if (index >= 0 && isLeft(index, file, content)) {
        read.files.push({ file, status: 'not-a-manifest', resources: 0, notes: [] });
        return;
      }
      keep(read, readTemplateFile(file, content, given) ?? (await readOther(file, content)), isNamed);
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      read.files.push(unreadable(error, file));
    }
  };
  if (files.length < paths.length) await take('stdin', readStandardInput(limit), true);
  for (const [index, file] of found.entries()) await take(file, readText(file, limit), named.has(file), index);
  return read;
}

/** The readers of all languages, loaded with the first file that needs them. Objects of one run know each other. */
function othersReader(given: Given): (file: string, text: string) => Promise<Manifest | NotAManifest> {
  let readers: typeof import('#manifest/read.js') | undefined;
  let cluster: InstanceType<typeof import('#manifest/read.js')['Cluster']> | undefined;
  return async (file, text) => {
    readers ??= await import('#manifest/read.js');
    cluster ??= new readers.Cluster();
    return readers.readManifest(file, text, given, cluster);
  };
}

export const emptyRead = (): Read => ({ manifests: [], files: [], sources: new Map() });

/** Adds what was read of one file; `isNamed` when the user named the file itself. */
export function keep(read: Read, result: Manifest | NotAManifest, isNamed: boolean): void {
  if ('reason' in result) {
    // A file named outright is one the user takes for a manifest; one found in a folder may be anything.
    const status = isNamed ? 'not-readable' : 'not-a-manifest';
    read.files.push({ file: result.file, status, resources: 0, notes: [{ message: result.reason }] });
    return;
  }
  read.manifests.push(result);
  // A plan may hold secrets, and often is one line: its text is never shown.
  if (result.language !== 'terraform' && !result.unquotable) read.sources.set(result.file, result.lines);
  const resources = result.resources.filter((resource) => resource.partOf === undefined).length;
  const notes = result.notFollowed.map(({ what, at }) => ({ message: what, position: result.lines.position(at) }));
  read.files.push({ file: result.file, status: 'judged', resources, notes });
}

function unreadable(error: RampartError, file: string): FileResult {
  const position = error.position ? { position: error.position } : {};
  return {
    file,
    status: 'not-readable',
    resources: 0,
    notes: [{ message: error.message, ...position }],
    next: error.next,
  };
}
