import { categorize } from '#check/categorize.js';
import { compare, type State } from '#check/compare.js';
import { terminal } from '#io/environment.js';
import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import type { Categorized, ResultDiff } from '#model/change.js';
import { type ExitName, RampartError } from '#model/error.js';
import type { Result } from '#model/result.js';
import { diffHuman, diffMarkdown } from '#report/diff.js';
import { filesOf, type JudgeOptions, judgePaths } from './gate.js';
import { loadBase } from './load.js';
import { paletteFor } from './palette.js';
import { resultOf } from './result-file.js';

export interface DiffOptions extends Omit<JudgeOptions, 'allow-empty'> {
  format: string;
  recurring: boolean;
}

const largest = 256 * 1024 * 1024;

/** The whole of `rampart diff`: two results or manifests in, what differs and FedRAMP's kind of it out. */
export async function diffStates(
  from: string,
  to: string,
  options: DiffOptions,
  version: string,
): Promise<{ text: string; exit: ExitName }> {
  const base = await loadBase(options.controls, options.requirements);
  const [before, after] = [await stateOf(from, options, version), await stateOf(to, options, version)];
  const diff = compare(before, after);
  const impacts = new Map(base.baselines.map(({ id, impact }) => [id, impact]));
  const change = categorize(diff, base.changes, {
    before: before.result,
    after: after.result,
    impactOf: (baseline) => impacts.get(baseline),
    recurring: options.recurring,
  });
  return { text: await textOf(options.format, diff, change), exit: exitOf(diff, before.result, after.result) };
}

/** A file that holds a result is one; everything else is judged. */
async function stateOf(path: string, options: DiffOptions, version: string): Promise<State> {
  const isFile = listFiles([path]).files.includes(path);
  const held = isFile && path.endsWith('.json') ? resultOf(await readText(path, { maxBytes: largest })) : undefined;
  const result = held ?? (await judgePaths({ ...options, 'allow-empty': true }, version, filesOf([path]))).result;
  refuseUnread(path, result);
  return { name: path, result };
}

/** What was not read may be what changed. */
function refuseUnread(path: string, { files }: Result): void {
  const unread = files.filter(({ status }) => status === 'not-readable');
  if (unread.length === 0) return;
  throw new RampartError('RAMPART_NOT_ALL_READ', `not every file of ${path} could be read, so nothing was compared`, {
    exit: 'input',
    next: 'Mend the files or leave them out.',
    problems: unread.flatMap(({ notes }) => notes ?? []),
  });
}

function exitOf(diff: ResultDiff, before: Result, after: Result): ExitName {
  if (before.findings.length + after.findings.length === 0) return 'nothingJudged';
  const isWorse = [...diff.requirements, ...diff.controls].some(({ change }) => change === 'worse');
  return isWorse ? 'findings' : 'passed';
}

async function textOf(format: string, diff: ResultDiff, change: Categorized): Promise<string> {
  if (format === 'json') return `${JSON.stringify({ ...diff, significantChange: change }, null, 2)}\n`;
  if (format === 'markdown') return diffMarkdown(diff, change);
  return diffHuman(diff, change, await paletteFor(terminal().colour));
}
