import type { Earlier } from '#evidence/fedramp/earlier.js';
import {
  type BundleFile,
  type BundleSource,
  filesOf,
  type Manifest,
  type Statement,
  type Verdict,
} from '#evidence/index.js';
import { readTool, type Tool } from '#io/tool.js';
import type { ControlBase } from '#model/base.js';
import type { Member } from '#model/bundle.js';
import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import type { Waiver } from '#model/waiver.js';
import { asKept } from './as-kept.js';
import { derivedOf, givenMembers, planMember } from './evidence.js';
import { type JudgedAgain, judgedAgain } from './judge-again.js';
import { loadBase, planOf } from './load.js';
import {
  assembliesFolder,
  controlDataPath,
  earlierPath,
  findingsPath,
  manifestsFolder,
  observationsPath,
  planPath,
  waiversFolder,
} from './member.js';
import { claimProblems, keptInPart, outcomeProblems } from './rebuild-verdict.js';
import { resultOf } from './result-file.js';

/** What a bundle claims, once it was found whole. */
export interface Claimed {
  manifest: Manifest;
  statement: Statement;
  verdict: Verdict | undefined;
  identity: string;
}

/**
 * Makes every derived member of a bundle again from the facts it holds, holds what its statements claim against them, judges its
 * manifests again, and names what differs. Only the program and the control data that made it can: another version may rightly say
 * other things.
 */
export async function rebuild(
  source: BundleSource,
  { manifest, statement, verdict, identity }: Claimed,
  { root, judgedWith }: { root: string; judgedWith: readonly BundleFile[] },
): Promise<JudgedAgain> {
  const tool = readTool(root);
  const base = await loadBase();
  const { predicate } = statement;
  if (predicate.tool.sha256 !== tool.digest) {
    throw otherMaker(
      `it was made by ${predicate.tool.name} ${predicate.tool.version} with the digest ${predicate.tool.sha256}`,
    );
  }
  if (predicate.controlData !== base.digest)
    throw otherMaker('it was made with control data or boundary files of its own');
  const files = new Map(filesOf(source).map(({ path, bytes }) => [path, bytes]));
  const bytesOf = (path: string): Uint8Array => files.get(path) ?? new Uint8Array(0);
  const textOf = (path: string): string => new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(path));
  const result = resultOf(textOf(findingsPath));
  if (result === undefined) return failedRebuild(`${findingsPath} holds no result`);
  const manifests = manifest.members
    .filter(({ path }) => path.startsWith(manifestsFolder))
    .map(({ path, sha256 }) => ({ path: path.slice(manifestsFolder.length), bytes: bytesOf(path), sha256 }));
  const assemblies = manifest.members
    .filter(({ path }) => path.startsWith(assembliesFolder))
    .map(({ path }) => ({ path: path.slice(assembliesFolder.length), bytes: bytesOf(path) }));
  const plan = JSON.parse(textOf(planPath)) as Plan;
  const observations = JSON.parse(textOf(observationsPath)) as Observation[];
  const time = new Date(predicate.collectedAt);
  const earlier = manifest.members.some(({ path }) => path === earlierPath)
    ? { earlier: JSON.parse(textOf(earlierPath)) as Earlier }
    : {};
  // Verified before: the digest the manifest gives for a member is its digest.
  const cited = (path: string) => ({ path, sha256: manifest.members.find((one) => one.path === path)?.sha256 ?? '' });
  const derived = await derivedOf(
    {
      facts: { findings: cited(findingsPath), observations: cited(observationsPath) },
      plan,
      base,
      result,
      manifests,
      assemblies,
      time,
      tool,
      ...earlier,
    },
    observations,
  );
  const inputs = inputsIn(manifest, bytesOf);
  const { schemaVersion: _, summary: __, ...told } = result as Result & { schemaVersion?: unknown; summary?: unknown };
  const given = { plan, base, result: told, manifests, assemblies, ...inputs, ...earlier };
  const problems = [
    ...memberProblems(manifest, bytesOf, [...givenMembers(given, observations).members, ...derived]),
    ...predicateProblems(statement, manifest, tool),
  ];
  const held = {
    plan,
    base,
    result,
    tool,
    time,
    manifests,
    assemblies,
    inPart: keptInPart(manifests, result, verdict),
  };
  problems.push(
    ...(await planProblems(inputs.system, bytesOf, base)),
    ...(await outcomeProblems(held)),
    ...claimProblems(held, { statement, verdict, identity }),
  );
  const { waivers, unread } = await waiversOf(inputs.waivers, base);
  const again = await judgedAgain({ ...held, waivers, verdict, observations, judgedWith });
  return { ...again, problems: [...problems, ...unread, ...again.problems] };
}

/** Where nothing could be judged again for what is wrong with the bundle itself. */
export const failedRebuild = (problem: string): JudgedAgain => ({
  problems: [problem],
  notes: [],
  findings: 0,
  same: 0,
  left: [],
});

/** The system file and the file of waivers: the files among the inputs that are in no folder of manifests. */
function inputsIn(
  { members }: Manifest,
  bytesOf: (path: string) => Uint8Array,
): { system: BundleFile; waivers?: BundleFile } {
  const isSystem = (path: string): boolean => /^inputs\/[^/]+$/.test(path) && path !== controlDataPath;
  const system = members.find(({ path }) => isSystem(path))?.path ?? 'inputs/';
  const waivers = members.find(({ path }) => path.startsWith(waiversFolder))?.path;
  const file = (path: string): BundleFile => ({ path, bytes: bytesOf(path) });
  return { system: file(system), ...(waivers === undefined ? {} : { waivers: file(waivers) }) };
}

/** The members against those the inputs and facts give: which there are, what they hold, and what is said of each. */
function memberProblems(
  { members }: Manifest,
  bytesOf: (path: string) => Uint8Array,
  made: readonly Member[],
): string[] {
  const given = new Map(made.map((member) => [member.path, member]));
  const held = new Set(members.map(({ path }) => path));
  const problems = members.flatMap(({ path, mediaType, role, derivedFrom, sensitivity }): string[] => {
    const member = given.get(path);
    if (member === undefined) return [`${path} is not derived from the facts of the bundle`];
    if (Buffer.compare(bytesOf(path), member.bytes) !== 0) return [`${path} is not what the facts give`];
    const { sensitivity: made = 'internal', derivedFrom: from = [], ...said } = member;
    const isSaid =
      mediaType === said.mediaType &&
      role === said.role &&
      sensitivity === made &&
      asKept(derivedFrom) === asKept(from);
    return isSaid ? [] : [`${path} is not described as the facts give it`];
  });
  const missing = made.filter(({ path }) => !held.has(path));
  return [...problems, ...missing.map(({ path }) => `${path} is missing: the facts give one`)];
}

const dayLength = 86_400_000;
const longestDays = 3660;

/** What the signed statement says of how the bundle was made, beside what the verdict says too. */
function predicateProblems({ predicate }: Statement, { sourceDateEpoch }: Manifest, tool: Tool): string[] {
  const { collectedAt, expiresAt } = predicate;
  const days = (Date.parse(expiresAt) - Date.parse(collectedAt)) / dayLength;
  const claims: [string, boolean][] = [
    ['tool', predicate.tool.name === tool.name && predicate.tool.version === tool.version],
    ['expiresAt', Number.isInteger(days) && days <= longestDays],
    ['verdict', predicate.verdict !== undefined],
  ];
  const problems = claims.flatMap(([name, holds]) =>
    holds ? [] : [`the signed statement: ${name} is not what the facts give`],
  );
  const epochs = [0, Math.floor(Date.parse(collectedAt) / 1000)];
  return epochs.includes(sourceDateEpoch) ? problems : [...problems, 'manifest.json: sourceDateEpoch is of no time'];
}

/** The waivers of the file that is sealed, if there is one, or why it holds none. */
async function waiversOf(
  file: BundleFile | undefined,
  base: ControlBase,
): Promise<{ waivers: readonly Waiver[]; unread: readonly string[] }> {
  if (file === undefined) return { waivers: [], unread: [] };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
    return { waivers: (await import('./waivers-file.js')).waiversIn(text, file.path, base), unread: [] };
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return { waivers: [], unread: [`${file.path} gives no waivers: ${error.message}`] };
  }
}

/** The plan is made of the system file that is sealed beside it. */
async function planProblems(
  { path: file, bytes }: BundleFile,
  bytesOf: (path: string) => Uint8Array,
  base: ControlBase,
): Promise<string[]> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // What was made with boundary files was refused before: none is looked for where a bundle says.
    const { plan } = await planOf(text, file, base, () => []);
    const made = planMember(plan, file).bytes;
    return Buffer.compare(made, bytesOf(planPath)) === 0 ? [] : [`${planPath} is not what the system file gives`];
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    return [`${file} gives no plan: ${error.message}`];
  }
}

const otherMaker = (why: string): RampartError =>
  new RampartError('RAMPART_REBUILD_OTHER', `this bundle cannot be rebuilt here: ${why}`, {
    exit: 'outside',
    next: 'Run verify --rebuild with exactly that version; without --rebuild any version verifies it.',
  });
