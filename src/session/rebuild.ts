import type { Earlier } from '#evidence/fedramp/earlier.js';
import {
  type BundleFile,
  type BundleSource,
  filesOf,
  type Manifest,
  type Statement,
  type Verdict,
} from '#evidence/index.js';
import { readTool } from '#io/tool.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import type { Waiver } from '#model/waiver.js';
import { derivedOf, planMember } from './evidence.js';
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
      time,
      tool,
      ...earlier,
    },
    observations,
  );
  const made = new Map(derived.map(({ path, bytes }) => [path, bytes]));
  const facts = new Set([observationsPath, planPath, findingsPath, earlierPath]);
  const problems = manifest.members
    .filter(({ path }) => !path.startsWith('inputs/') && !facts.has(path) && !made.has(path))
    .map(({ path }) => `${path} is not derived from the facts of the bundle`);
  for (const [path, bytes] of made) {
    const held = files.get(path);
    if (held === undefined) problems.push(`${path} is missing: the facts give one`);
    else if (Buffer.compare(held, bytes) !== 0) problems.push(`${path} is not what the facts give`);
  }
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
    ...(await planProblems(manifest, bytesOf, base)),
    ...(await outcomeProblems(held)),
    ...claimProblems(held, { statement, verdict, identity }),
  );
  const waivers = await waiversOf(manifest, textOf, base);
  const again = await judgedAgain({ ...held, waivers, verdict, observations, judgedWith });
  return { ...again, problems: [...problems, ...again.problems] };
}

/** Where nothing could be judged again for what is wrong with the bundle itself. */
export const failedRebuild = (problem: string): JudgedAgain => ({
  problems: [problem],
  notes: [],
  findings: 0,
  same: 0,
  left: [],
});

/** The waivers of the file that is sealed, if there is one. */
async function waiversOf(
  { members }: Manifest,
  textOf: (path: string) => string,
  base: ControlBase,
): Promise<readonly Waiver[]> {
  const file = members.find(({ path }) => path.startsWith(waiversFolder))?.path;
  if (file === undefined) return [];
  return (await import('./waivers-file.js')).waiversIn(textOf(file), file, base);
}

/** The plan is made of the system file that is sealed beside it. */
async function planProblems(
  { members }: Manifest,
  bytesOf: (path: string) => Uint8Array,
  base: ControlBase,
): Promise<string[]> {
  const from = members.find(({ path }) => path === planPath)?.derivedFrom ?? [];
  const [file, ...more] = from.filter((path) => path !== controlDataPath);
  const other = [`${planPath} is not what the system file gives`];
  if (file === undefined || more.length > 0) return other;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(file));
    // What was made with boundary files was refused before: none is looked for where a bundle says.
    const { plan } = await planOf(text, file, base, () => []);
    const made = planMember(plan, file).bytes;
    return Buffer.compare(made, bytesOf(planPath)) === 0 ? [] : other;
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
