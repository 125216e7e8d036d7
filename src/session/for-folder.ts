import { dirname, join } from 'node:path';
import {
  type BundleSource,
  type JudgedSubject,
  parseEnvelope,
  parseVerdict,
  readMember,
  verdictPath,
} from '#evidence/index.js';
import { listFiles } from '#io/list-files.js';
import { isFolder } from '#io/within.js';
import type { Given } from '#manifest/given.js';
import { RampartError } from '#model/error.js';
import { visible } from '#model/unseen.js';
import { subjectName } from './in-hand.js';
import { mayBeManifest, readManifests } from './manifests.js';

/** Where it goes does not tell whether a file is a manifest. */
const anywhere: Given = { partition: 'aws', regions: [], parameters: {} };

/**
 * The files some paths stand for: of a folder every manifest in it, judged or not, and whatever else of it the verdict speaks of. What
 * an ignore file leaves out is there too: it kept nobody from deploying it.
 */
export async function filesFor(paths: readonly string[], source: BundleSource): Promise<string[]> {
  const folders = paths.filter(isFolder);
  if (folders.length === 0) return [...paths];
  const judged = new Set(subjectsIn(source).flatMap(({ kind, name }) => (kind === 'content' ? [] : [name])));
  const found = await Promise.all(folders.map((folder) => filesOf(folder, judged)));
  return [...paths.filter((path) => !folders.includes(path)), ...found.flat()];
}

async function filesOf(folder: string, judged: ReadonlySet<string>): Promise<string[]> {
  const { files, problems } = listFiles([folder]);
  const [first] = problems;
  if (first !== undefined) throw first.error;
  const isJudged = (path: string): boolean => judged.has(subjectName(path));
  const candidates = files.filter(mayBeManifest);
  const { deployed, records } = await manifestsAmong(candidates);
  // What lies in an assembly beside its stacks nobody deploys, where the verdict knows the assembly.
  const known = records.filter(isJudged).map((record) => join(dirname(record), '/'));
  const rest = candidates.filter((path) => !deployed.has(path) && !known.some((inside) => path.startsWith(inside)));
  const beside =
    records.length > 0 ? (await manifestsAmong(rest.filter((path) => !records.includes(path)))).deployed : [];
  const held = new Set([...deployed, ...beside]);
  const all = files.filter((path) => held.has(path) || isJudged(path));
  if (all.length > 0) return all;
  throw new RampartError('RAMPART_NOTHING_IN_HAND', `${visible(folder)} holds nothing that would be deployed`, {
    exit: 'nothingJudged',
    next: 'Give the folder or the files that are deployed.',
  });
}

/** Which of some files are manifests, or would be if they could be read. */
async function manifestsAmong(
  files: readonly string[],
): Promise<{ deployed: ReadonlySet<string>; records: readonly string[] }> {
  const { files: rows, records } = await readManifests(files, anywhere);
  // Each is named, so that what is no manifest could not be read either; only of the others is there something to do.
  const isDeployed = ({ status, next }: (typeof rows)[number]): boolean =>
    status === 'judged' || (status === 'not-readable' && next !== undefined);
  return { deployed: new Set(rows.filter(isDeployed).map(({ file }) => file)), records: [...(records?.keys() ?? [])] };
}

/** What a verdict is about, by its own word: whether that is to be trusted is seen afterwards. */
export function subjectsIn(source: BundleSource): readonly JudgedSubject[] {
  try {
    const isAlone = 'archive' in source && source.archive[0] === 0x7b;
    const bytes = isAlone ? source.archive : readMember(source, verdictPath);
    return bytes ? parseVerdict(parseEnvelope(bytes).payload).subjects : [];
  } catch (error) {
    if (error instanceof RampartError) return [];
    throw error;
  }
}
