import { createHash } from 'node:crypto';
import type { Against } from '#check/check.js';
import { checkShare, joined, type Share, sharesOf } from '#check/share.js';
import { readShard } from '#io/shard-environment.js';
import { type ExitName, RampartError } from '#model/error.js';
import type { Part } from '#model/part.js';
import { type GateOptions, runGate } from './gate.js';
import { type Read, readManifests } from './manifests.js';

/**
 * The whole of `rampart check --shard`: reads all manifests, since they may speak of each other, and judges its share of them.
 * The exit is that of the share, so that nobody takes a run for passed of which one shard found something; that nothing was
 * judged is for the whole run to say.
 */
export async function runShard(
  paths: readonly string[],
  options: GateOptions,
  version: string,
  word: string,
): Promise<{ text: string; exit: ExitName }> {
  const { shard, of } = readShard(word);
  if (options.format !== 'json')
    throw usage('A shard is no report.', 'Add --format json and give what is printed to rampart merge.');
  if (paths.includes('-')) throw usage('Shards cannot share standard input.', 'Give files and folders.');
  let read: Read | undefined;
  let told: unknown;
  let against = '';
  let share: Share = { found: [], needed: [] };
  const { exit, result } = await runGate(paths, { ...options, 'allow-empty': true }, version, {
    read: async (given) => {
      told = given;
      read = await readManifests(paths, given);
      return read;
    },
    findings: (manifests, by) => {
      against = againstDigest(by);
      share = checkShare(manifests, by, { index: shard - 1, of });
      return joined([{ ...share, needed: [] }]);
    },
  });
  if (!read) throw new Error('a run ended without reading anything');
  const { baseline, controlData, system } = result;
  const part: Part = {
    rampart: 'part',
    format: 1,
    version,
    shard,
    of,
    baseline,
    controlData,
    ...(system === undefined ? {} : { system }),
    against,
    inputs: inputsOf(read, told),
    manifests: read.manifests.length,
    files: read.files,
    ...share,
    sources: sourcesOf(read, shard - 1, of),
  };
  return { text: `${JSON.stringify({ ...part, digest: digestOf(part) })}\n`, exit };
}

/** What is judged against. What the requirements say is covered by the digest of the control data. */
export const againstDigest = ({ requirements, settings, boundary, needs, system }: Against): string =>
  digestOf([requirements.map(({ id, controls }) => [id, controls]), settings, boundary, needs, system]);

export const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

function inputsOf({ manifests, files }: Read, given: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify([given, files]));
  for (const { file, language, lines } of manifests) hash.update(JSON.stringify([file, language, lines.text]));
  return hash.digest('hex');
}

function sourcesOf({ manifests, sources }: Read, index: number, of: number): Record<string, string> {
  const shares = sharesOf(manifests, of);
  const own = manifests.filter((_, at) => shares[at] === index);
  return Object.fromEntries(
    own.flatMap(({ file }) => {
      const text = sources.get(file)?.text;
      return text === undefined ? [] : [[file, text]];
    }),
  );
}

const usage = (message: string, next: string): RampartError =>
  new RampartError('RAMPART_SHARD', message, { exit: 'usage', next });
