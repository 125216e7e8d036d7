import { added } from '#check/without-requirement.js';
import { RampartError } from '#model/error.js';
import type { Part } from '#model/part.js';
import { Lines } from '#model/position.js';
import type { FileResult } from '#model/result.js';
import type { Read } from './manifests.js';

/** What the parts of a run read together; the manifests themselves stayed where they were judged. */
export const readOf = (parts: readonly Part[]): Read => ({
  manifests: [],
  files: filesOf(parts),
  isWhole: parts[0]?.isWhole === true,
  sources: new Map(
    parts.flatMap(({ sources }) => Object.entries(sources).map(([file, text]) => [file, new Lines(file, text)])),
  ),
});

/** What all parts count of resources without a requirement. */
export const withoutIn = (parts: readonly Part[]): Record<string, number> =>
  added(parts.map(({ withoutRequirement }) => withoutRequirement));

/** What is said of each file, by the shard whose it is, or by all alike. */
function filesOf(parts: readonly Part[]): FileResult[] {
  return (parts[0]?.files ?? []).map((_, place) => {
    const [row, ...others] = parts.flatMap(({ files }) => files[place] ?? []);
    if (row && others.every((other) => JSON.stringify(other) === JSON.stringify(row))) return row;
    throw refuse('RAMPART_PARTS_DIFFER', 'the parts do not say the same of every file', 'Run all shards again.');
  });
}

export const refuse = (code: string, message: string, next: string): RampartError =>
  new RampartError(code, message, { exit: 'usage', next });
