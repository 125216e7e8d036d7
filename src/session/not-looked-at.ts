import { sha256 } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import type { Observation } from '#model/observation.js';
import type { FileResult, Result } from '#model/result.js';
import { withoutText } from '#report/left-out.js';
import { isLeftOutByFile } from '#report/notice.js';

/** What a run says it did not look at, a sentence each. */
export function notLookedAt(
  result: Pick<Result, 'findings' | 'files' | 'withoutRequirement' | 'boundary'>,
  observations: readonly Observation[] = [],
): string[] {
  const said = [
    ...notProbed(result.boundary.regions, observations),
    ...result.findings.flatMap(({ requirement, title, verdict, inherited, reason }) =>
      inherited && verdict === 'not-applicable' ? [`${title} (${requirement}): ${reason}.`] : [],
    ),
    ...withoutText(result, true),
    ...result.files.flatMap(({ file, status, notes, sha256: digest }) =>
      status === 'judged'
        ? notes.map(({ message }) => `${file}: ${message}`)
        : [
            `${[`${file} was not judged`, ...notes.map(({ message }) => message)].join(': ')}${digest === undefined ? '' : ` (SHA-256 ${digest})`}.`,
          ],
    ),
  ];
  // What comes from somebody else is said of each endpoint that needs it.
  return [...new Set(said)];
}

/** Regions of the boundary in which nothing was asked; observations of before regions were told name none. */
function notProbed(regions: readonly string[], observations: readonly Observation[]): string[] {
  if (observations.length === 0) return ['The live account was not probed.'];
  const asked = new Set(observations.map(({ region }) => region));
  if (asked.has(undefined)) return [];
  return regions.filter((region) => !asked.has(region)).map((region) => `No call was made in ${region}.`);
}

const largest = { maxBytes: 256 * 1024 * 1024 };

/**
 * Files with the digest of each that an ignore file left out: a bundle does not hold it, and whoever reads the bundle can tell that what
 * they are shown is what was left out.
 */
export async function withDigests(files: readonly FileResult[]): Promise<FileResult[]> {
  const told: FileResult[] = [];
  // One after the other: nobody says how many there are, or how large.
  for (const row of files) {
    const bytes = isLeftOutByFile(row) ? await readBytes(row.file, largest).catch(() => undefined) : undefined;
    told.push(bytes === undefined ? row : { ...row, sha256: sha256(bytes) });
  }
  return told;
}
