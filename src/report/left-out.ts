import type { FileResult, Result } from '#model/result.js';
import { isLeftOutByFile } from './notice.js';

/** What was not looked at, in one line, since silence would hide it; file by file when `all` is asked for. */
export function leftOutText(files: readonly FileResult[], all: boolean): string[] {
  const none = files.filter(({ status }) => status === 'not-a-manifest');
  const ignored = files.filter(({ status }) => status === 'ignored');
  if (none.length + ignored.length === 0) return [];
  if (all)
    return [...ignored, ...none].map(
      ({ file, notes }) => `${file}  not judged  ${notes.map(({ message }) => message).join('; ')}`,
    );
  const reasons = new Map<string, number>();
  // Those are named in a notice already.
  for (const { notes } of ignored.filter((each) => !isLeftOutByFile(each))) {
    const reason = notes[0]?.message ?? 'left out';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const parts = [...reasons].map(([reason, count]) => `${count} ${reason}`);
  if (none.length > 0)
    parts.unshift(`${none.length} ${none.length === 1 ? 'file is no manifest' : 'files are no manifests'}`);
  return parts.length === 0 ? [] : [`Not judged: ${parts.join(', ')}; --all lists them.`];
}

/** How many resources no requirement names, since a run that passes says little of them; which ones when `all` is asked for. */
export function withoutText({ withoutRequirement = {} }: Pick<Result, 'withoutRequirement'>, all: boolean): string[] {
  const types = Object.entries(withoutRequirement);
  const count = types.reduce((sum, [, each]) => sum + each, 0);
  if (count === 0) return [];
  const head = `${count} ${count === 1 ? 'resource is of a type' : 'resources are of types'} that no requirement names`;
  return [
    all ? `${head}: ${types.map(([type, each]) => `${type} ${each}`).join(', ')}.` : `${head}; --all lists them.`,
  ];
}
