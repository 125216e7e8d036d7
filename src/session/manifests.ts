import { readyForMuch } from '#io/engine.js';
import { ignoreFile, ignoring } from '#io/ignore-file.js';
import { endAtOnce } from '#io/interrupt.js';
import { listFiles } from '#io/list-files.js';
import { isPattern, readPattern } from '#io/pattern.js';
import { readStandardInput, readText } from '#io/read.js';
import { isFolder, neighbours } from '#io/within.js';
import type { NotAManifest } from '#manifest/read.js';
import { Exports, type Given, readTemplateFile } from '#manifest/template-file.js';
import { planFirst } from '#manifest/terraform/plan-first.js';
import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import { type Manifest, withHeld } from '#model/resource.js';
import type { FileResult } from '#model/result.js';
import type { Assemblies } from './assemblies.js';
import { identity, openerFor, withoutNested } from './nested.js';

/** Endings of files that may be manifests, when a folder is given. */
const endings = ['.yaml', '.yml', '.json', '.template', '.cfn'];

/** Terraform and OpenTofu. What ends in `.tf.json` may be a plan that somebody called so. */
const isTerraformCode = /\.(?:tf|tofu)$/;

/** Whether a file of a folder may be a manifest, by its name: in any case, since what deploys it asks for none. */
export const mayBeManifest = (path: string): boolean => {
  const name = path.toLowerCase();
  return endings.some((ending) => name.endsWith(ending));
};

/** A plan of ten thousand resources has 17 MB. What is no plan has a smaller limit, which its reader knows. */
export const largestManifest = 64 * 1024 * 1024;

export interface Read {
  manifests: Manifest[];
  /** What is said of each file; those left to others have a row too, which says nothing. */
  files: FileResult[];
  /** Text of each judged file. */
  sources: Map<string, Lines>;
  /** Whether a folder was read, and not only files picked by name or pattern. */
  isWhole?: boolean;
  /** Manifests of cloud assemblies that say where templates go, with their text as it was read. */
  records?: ReadonlyMap<string, string>;
}

/** Whether a file, by its place in the run and its text, need not be read here because another process judges it. */
export type LeftToOthers = (index: number, file: string, text: string) => boolean;

/** What the user writes to have standard input judged. */
export const standardInput = '-';

/** How many files some paths lead to; 0 where they are fewer than `least` whatever stands in them. */
export async function countFiles(paths: readonly string[], least: number): Promise<number> {
  const mayBeMany = paths.length >= least || paths.some((path) => isPattern(path) || isFolder(path));
  return mayBeMany ? (await find(paths)).found.length : 0;
}

/**
 * Reads the manifests under some paths, and those of standard input for `-`. A file that cannot be read is a row of
 * `files`, never the end of the run.
 */
export async function readManifests(
  paths: readonly string[],
  given: Given,
  isLeft: LeftToOthers = () => false,
): Promise<Read> {
  // Reading and judging make no pause in which Ctrl-C would be heard.
  endAtOnce();
  const { found, folders, rows, assemblies } = await find(paths.filter((path) => path !== standardInput));
  const named = new Set(paths);
  const readOther = othersReader();
  const exports = new Exports();
  const limit = { maxBytes: largestManifest };
  const taken: Taken[] = [];
  const take = async (
    file: string,
    text: Promise<string>,
    isNamed: boolean,
    told: Given,
    { index = -1, assembly }: { index?: number; assembly?: string } = {},
  ): Promise<void> => {
    try {
      const content = await text;
      if (index >= 0 && isLeft(index, file, content)) taken.push({ left: file });
      else {
        const result = readTemplateFile(file, content, told) ?? (await readOther(file, content, told));
        taken.push(assembly === undefined ? { result, isNamed } : { result, isNamed, assembly });
      }
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      taken.push(unreadable(error, file));
    }
  };
  if (paths.includes(standardInput)) await take('stdin', readStandardInput(limit), true, given);
  for (const [index, file] of found.entries()) {
    const of = assemblies?.stacks.get(file);
    const told = of ? await (await import('./assemblies.js')).givenFor(of.stack, given) : given;
    // Assigned: a spread would give each a shape of its own (see Style in CONTRIBUTING).
    const here = Object.assign({}, told, { open: openerFor(file, of ? [of.folder] : folders), exports });
    const place = of ? { index, assembly: of.record } : { index };
    await take(file, readText(file, limit), named.has(file) || of !== undefined, here, place);
  }
  exports.complete();
  const records = assemblies && assemblies.records.size > 0 ? { records: assemblies.records } : {};
  return {
    ...inOrder(rows, taken),
    ...records,
    isWhole: paths.some((path) => path !== standardInput && isFolder(path)),
  };
}

/** A manifest in hand, and what it is told beside what all are: where the assembly says that it goes. */
export interface TextInHand {
  path: string;
  text: string;
  placed?: { assembly: string; given: Given };
}

/** Reads manifests whose text is in hand as those of files are read. */
export async function readTexts(texts: readonly TextInHand[], given: Given): Promise<Read> {
  const readOther = othersReader();
  const exports = new Exports();
  readyForMuch(texts.reduce((sum, { text }) => sum + text.length, 0));
  const taken: Taken[] = [];
  for (const { path, text, placed } of texts) {
    const told = { ...(placed?.given ?? given), exports };
    const result = readTemplateFile(path, text, told) ?? (await readOther(path, text, told));
    taken.push({ result, isNamed: true, ...(placed ? { assembly: placed.assembly } : {}) });
  }
  exports.complete();
  return inOrder([], taken);
}

/** A file that was read, what is said of one that was not, or one left to others. */
type Taken = { result: Manifest | NotAManifest; isNamed: boolean; assembly?: string } | { left: string } | FileResult;

/** What was taken, file by file; a template that was judged as part of another is a row of its own at the end. */
function inOrder(rows: readonly FileResult[], taken: readonly Taken[]): Read {
  const read = emptyRead();
  read.files.push(...rows);
  const manifests = taken.flatMap((each) => ('result' in each && !('reason' in each.result) ? [each.result] : []));
  const { judged, rows: nested } = withoutNested(manifests);
  const inside = new Set(nested.map(({ file }) => identity(file)));
  for (const each of taken) {
    if ('left' in each) {
      // Wherever it is read, its row is that of a nested template.
      if (!inside.has(identity(each.left)))
        read.files.push({ file: each.left, status: 'not-a-manifest', resources: 0, notes: [] });
    } else if (!('result' in each)) read.files.push(each);
    else if ('reason' in each.result || judged.includes(each.result)) keep(read, each.result, each);
  }
  read.files.push(...nested);
  return read;
}

interface Found {
  found: readonly string[];
  /** The folders given. */
  folders: readonly string[];
  /** What is said of files that are not read. */
  rows: readonly FileResult[];
  assemblies: Assemblies | undefined;
}

/** The files some paths, folders and patterns lead to. */
async function find(paths: readonly string[]): Promise<Found> {
  const code: string[] = [];
  const bicep: string[] = [];
  const accept = (path: string): boolean => {
    if (isTerraformCode.test(path)) code.push(path);
    else if (path.endsWith('.bicep')) bicep.push(path);
    return mayBeManifest(path);
  };
  const roots = await Promise.all(
    paths.map(async (path) => (isPattern(path) ? await readPattern(path, accept) : path)),
  );
  const folders = roots.flatMap((root) => (typeof root !== 'string' ? [root.folder] : isFolder(root) ? [root] : []));
  const { isIgnored, rows } = await ignoredBy(folders);
  const { files, problems, ignored, passedOver } = listFiles(roots, accept, isIgnored);
  for (const { path, error } of problems) {
    const row = unreadable(error, path);
    const meant = error.code === 'RAMPART_NOT_FOUND' ? (await import('./nearest-file.js')).nearestFile(error) : '';
    rows.push(meant === '' ? row : { ...row, next: `${row.next ?? ''}${meant}` });
  }
  for (const file of ignored) rows.push(leftOut(file, `left out by ${ignoreFile}`));
  for (const folder of passedOver) rows.push(leftOut(folder, 'a folder that is never looked into'));
  if (code.length > 0) rows.push(ofCode(code.sort(), terraform));
  const unbuilt = bicep.filter((path) => !files.includes(path.replace(/\.bicep$/, '.json')));
  if (unbuilt.length > 0) rows.push(ofCode(unbuilt.sort(), bicepCode));
  // What the CDK calls the manifest of an assembly: templates it names are judged where it sends them, however they were picked.
  const records = neighbours(files, 'manifest.json');
  const assemblies =
    records.length > 0 ? await (await import('./assemblies.js')).assembliesIn(files, records, isIgnored) : undefined;
  if (!assemblies) return { found: files, folders, rows, assemblies };
  const found = [...new Set([...files.filter((path) => !assemblies.holds(path)), ...assemblies.stacks.keys()])].sort();
  return { found, folders, rows: [...rows, ...assemblies.rows], assemblies };
}

/** Ignore files of the current folder and of the folders given; one that cannot be read is a row, since it may leave out anything. */
async function ignoredBy(
  folders: readonly string[],
): Promise<{ isIgnored: (path: string) => boolean; rows: FileResult[] }> {
  try {
    const isIgnored = folders.length > 0 ? await ignoring(['.', ...folders]) : undefined;
    return { isIgnored: isIgnored ?? (() => false), rows: [] };
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return { isIgnored: () => false, rows: [unreadable(error, ignoreFile)] };
  }
}

/** Code that something else makes manifests of. */
interface Code {
  what: string;
  made: string;
  next: string;
}

const terraform: Code = { what: 'Terraform', made: 'its plan', next: planFirst };
const bicepCode: Code = {
  what: 'Bicep',
  made: 'the template it is built into',
  next: 'Run `az bicep build --file` on it, and check the JSON it writes.',
};

/** One row for all of it: people take the folder of a module for its plan. */
const ofCode = ([file = '', ...more]: readonly string[], { what, made, next }: Code): FileResult => ({
  file,
  status: 'not-a-manifest',
  resources: 0,
  notes: [
    {
      message: `${what} code${more.length > 0 ? `, one of ${more.length + 1} files` : ''}: what is judged is ${made}`,
    },
  ],
  next,
});

const leftOut = (file: string, message: string): FileResult => ({
  file,
  status: 'ignored',
  resources: 0,
  notes: [{ message }],
});

/** The readers of all languages, loaded with the first file that needs them. Objects of one run know each other. */
function othersReader(): (file: string, text: string, given: Given) => Promise<Manifest | NotAManifest> {
  let readers: typeof import('#manifest/read.js') | undefined;
  let cluster: InstanceType<typeof import('#manifest/read.js')['Cluster']> | undefined;
  return async (file, text, given) => {
    readers ??= await import('#manifest/read.js');
    cluster ??= new readers.Cluster();
    return readers.readManifest(file, text, given, cluster);
  };
}

export const emptyRead = (): Read => ({ manifests: [], files: [], sources: new Map() });

/** Adds what was read of one file; `isNamed` when the user named the file itself, `assembly` what says where it goes. */
export function keep(
  read: Read,
  result: Manifest | NotAManifest,
  { isNamed, assembly }: { isNamed: boolean; assembly?: string },
): void {
  if ('reason' in result) {
    // A file named outright is one the user takes for a manifest; one found in a folder may be anything.
    const status = isNamed ? 'not-readable' : 'not-a-manifest';
    read.files.push({ file: result.file, status, resources: 0, notes: [{ message: result.reason }] });
    return;
  }
  read.manifests.push(result);
  // A plan may hold secrets, and often is one line: its text is never shown.
  if (result.language !== 'terraform' && !result.unquotable) read.sources.set(result.file, result.lines);
  for (const { file, lines } of result.includes ?? []) if (file !== result.file) read.sources.set(file, lines);
  const nested = (result.includes ?? []).filter(({ file }) => file !== result.file);
  const parts = withHeld([result]);
  const own = parts.flatMap((part) => part.resources.filter((resource) => resource.partOf === undefined)).length;
  const resources = own - nested.reduce((sum, included) => sum + included.resources, 0);
  const notFollowed = parts.flatMap((part) => part.notFollowed);
  const notes = notFollowed.map(({ what, at }) => ({ message: what, position: result.lines.position(at) }));
  const { file, language } = result;
  const placed = assembly === undefined ? {} : { assembly };
  read.files.push({ file, status: 'judged', language, resources, notes, ...placed });
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
