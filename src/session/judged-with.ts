import { type BundleFile, digestsOf, sameDigests, type Verdict } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import { subjectName } from './in-hand.js';
import { largestManifest } from './manifests.js';
import { type LoadedParameters, parametersIn } from './parameters.js';

/** What was judged and no bundle holds, or holds without what is secret, as whoever verifies has it. */
export interface JudgedWith {
  parameters: LoadedParameters | undefined;
  /** Names of manifests → their whole text. */
  whole: ReadonlyMap<string, string>;
  /** Files the verdict does not speak of. */
  strangers: readonly string[];
}

/** Files in hand, each by what the verdict says has these very bytes: whatever they are called here. */
export function judgedWith(files: readonly BundleFile[], subjects: Verdict['subjects']): JudgedWith {
  const whole = new Map<string, string>();
  const strangers: string[] = [];
  let parameters: LoadedParameters | undefined;
  for (const { path, bytes } of files) {
    const digest = digestsOf(bytes);
    const named = subjects.filter((each) => sameDigests(each.digest, digest));
    if (named.length === 0) strangers.push(path);
    const text = new TextDecoder('utf-8').decode(bytes);
    for (const { kind, name } of named) {
      if (kind === 'parameters') parameters = parametersIn(text, path);
      else if (kind === 'manifest') whole.set(name, text);
    }
  }
  return { parameters, whole, strangers };
}

export const readJudgedWith = (paths: readonly string[]): Promise<BundleFile[]> =>
  Promise.all(
    [...new Set(paths.map(subjectName))].map(async (path) => ({
      path,
      bytes: await readBytes(path, { maxBytes: largestManifest }),
    })),
  );
