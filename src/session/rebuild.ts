import type { Earlier } from '#evidence/fedramp/earlier.js';
import { type BundleSource, filesOf, type Manifest, type Statement } from '#evidence/index.js';
import { readTool } from '#io/tool.js';
import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import type { Plan } from '#model/plan.js';
import { derivedOf } from './evidence.js';
import { loadBase } from './load.js';
import { earlierPath, findingsPath, manifestsFolder, observationsPath, planPath } from './member.js';
import { resultOf } from './result-file.js';

/**
 * Makes every derived member of a bundle again from the facts it holds, and names those that differ. Only the program and the
 * control data that made it can: another version may rightly say other things.
 */
export async function rebuildProblems(
  source: BundleSource,
  { manifest, statement }: { manifest: Manifest; statement: Statement },
  root: string,
): Promise<readonly string[]> {
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
  if (result === undefined) return [`${findingsPath} holds no result`];
  const manifests = manifest.members
    .filter(({ path }) => path.startsWith(manifestsFolder))
    .map(({ path, sha256 }) => ({ path: path.slice(manifestsFolder.length), bytes: bytesOf(path), sha256 }));
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
  return problems;
}

const otherMaker = (why: string): RampartError =>
  new RampartError('RAMPART_REBUILD_OTHER', `this bundle cannot be rebuilt here: ${why}`, {
    exit: 'outside',
    next: 'Run verify --rebuild with exactly that version; without --rebuild any version verifies it.',
  });
