import { createHash } from 'node:crypto';
import type { Against } from '#check/check.js';
import { decide } from '#check/decide.js';
import { checkShare, joined, type Share } from '#check/share.js';
import { withoutRequirement } from '#check/without-requirement.js';
import { readShard } from '#io/shard-environment.js';
import type { Given } from '#manifest/template-file.js';
import { RampartError } from '#model/error.js';
import type { Part } from '#model/part.js';
import type { Manifest } from '#model/resource.js';
import type { Result } from '#model/result.js';
import { type GateOptions, type JudgeOptions, judgePaths, type Said, type Standpoint } from './gate.js';
import { emptyRead, type Read, readManifests } from './manifests.js';
import { thresholdsOf } from './policy.js';

/**
 * Texts that may say something about other files: objects of Kubernetes, and templates that nest others. Every shard reads
 * them. An escape could hide the words.
 */
const speaksOfOthers = /apiVersion|Export|AWS::CloudFormation::Stack|AWS::Serverless::Application|\\[uUx\r\n]/;

/**
 * The whole of `rampart check --shard`: judges each n-th file of the run, in the order of their names. The exit is that of the
 * share, so that nobody takes a run for passed of which one shard found something; that nothing was judged is for the whole run
 * to say.
 */
export async function runShard(
  paths: readonly string[],
  options: GateOptions,
  version: string,
  word: string,
): Promise<Said> {
  const share = readShard(word);
  if (options.format.join() !== 'json')
    throw usage(
      'A shard is no report.',
      'Give --format json alone and keep what is printed for rampart merge: --format json > part.json',
    );
  if (paths.includes('-')) throw usage('Shards cannot share standard input.', 'Give files and folders.');
  if (options['write-baseline-file'] !== undefined)
    throw usage('A shard does not know all findings.', 'Give --write-baseline-file to rampart merge.');
  const { part, result, stand } = await judgeShare(paths, options, version, share);
  // Which waivers are of use is for the whole run to say.
  const mine = { ...result, files: part.files.filter((row) => row !== null), waiverProblems: [] };
  const { exit } = decide(mine, thresholdsOf(stand.plan?.system.gate, options), true);
  return { text: `${JSON.stringify({ ...part, digest: digestOf(part) })}\n`, notes: [], exit };
}

/** Judges one share of a run, counted from 1. `passes` as `check` takes it. */
export async function judgeShare(
  paths: readonly string[],
  options: JudgeOptions,
  version: string,
  { shard, of }: { shard: number; of: number },
  passes?: Against['passes'],
): Promise<{ part: Part; result: Result; stand: Standpoint }> {
  const inputs = createHash('sha256');
  const own = new Set<string>();
  const left = new Set<string>();
  let read = emptyRead();
  let against = '';
  let share: Share = { found: [], needed: [], languages: [] };
  const { result, stand } = await judgePaths(options, version, {
    read: async (given) => {
      inputs.update(givenText(given));
      read = await readManifests(paths, given, (index, file, text) => {
        inputs.update(inputText(file, text));
        const isOwn = index % of === shard - 1;
        if (isOwn) own.add(file);
        const isLeft = !isOwn && !speaksOfOthers.test(text);
        if (!isOwn) left.add(file);
        return isLeft;
      });
      inputs.update(placesText(read));
      return read;
    },
    findings: (manifests, by) => {
      against = againstDigest(by);
      const places = new Map(read.files.map(({ file }, place) => [file, place]));
      const asked = passes ? { ...by, passes } : by;
      share = checkShare(manifests, ({ file }) => (own.has(file) ? places.get(file) : undefined), asked);
      return joined([{ ...share, needed: [] }]);
    },
    withoutRequirement: (manifests, requirements) =>
      withoutRequirement(
        manifests.filter(({ file }) => own.has(file)),
        requirements,
      ),
  });
  const { baseline, controlData, system } = result;
  const part: Part = {
    rampart: 'part',
    format: 2,
    version,
    shard,
    of,
    baseline,
    controlData,
    ...(system === undefined ? {} : { system }),
    against,
    inputs: inputs.digest('hex'),
    paths,
    isWhole: read.isWhole === true,
    files: read.files.map((row) => (left.has(row.file) ? null : row)),
    ...share,
    withoutRequirement: result.withoutRequirement ?? {},
    sources: sourcesOf(read, own),
  };
  return { part, result, stand };
}

/** What is judged against. What the requirements say is covered by the digest of the control data. */
export const againstDigest = ({ requirements, settings, boundary, needs, system }: Against): string =>
  digestOf([requirements.map(({ id, controls }) => [id, controls]), settings, boundary, needs, system]);

/** What the digest of a run's inputs is over: what they are read with, and each text. */
const givenText = (given: Given): string => JSON.stringify(given);
/** Where the stacks of assemblies go is read beside their templates. */
const placesText = ({ records }: Read): string => (records ? JSON.stringify([...records].sort()) : '');
const inputText = (file: string, text: string): string => JSON.stringify([file, digestOf(text)]);

/** Whether the manifests a part was made of are here as they were then, and would be read as they were. */
export async function areHere({ paths, inputs: then }: Part, given: Given): Promise<boolean> {
  const inputs = createHash('sha256').update(givenText(given));
  const read = await readManifests(paths, given, (_, file, text) => {
    inputs.update(inputText(file, text));
    return true;
  });
  inputs.update(placesText(read));
  return inputs.digest('hex') === then;
}

export const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

function sourcesOf({ manifests, sources }: Read, own: ReadonlySet<string>): Record<string, string> {
  const shown = ({ file, includes = [] }: Manifest): [string, string][] => {
    const files = own.has(file) ? [file, ...includes.map((included) => included.file)] : [];
    return files.flatMap((each): [string, string][] => {
      const text = sources.get(each)?.text;
      return text === undefined ? [] : [[each, text]];
    });
  };
  return Object.fromEntries(manifests.flatMap(shown));
}

const usage = (message: string, next: string): RampartError =>
  new RampartError('RAMPART_SHARD', message, { exit: 'usage', next });
