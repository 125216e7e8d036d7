import { basename, dirname } from 'node:path';
import { accept, acceptedFrom, type Standing } from '#check/accepted.js';
import { decide } from '#check/decide.js';
import { tolerate } from '#check/tolerate.js';
import type { AcceptedFindings } from '#model/accepted.js';
import type { JudgingBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import { blocks } from '#model/finding.js';
import type { GatePolicy } from '#model/gate.js';
import type { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { type PolicyFlags, thresholdsOf } from './policy.js';

export interface DecisionOptions extends PolicyFlags {
  'baseline-file'?: string | undefined;
  'write-baseline-file'?: string | undefined;
  'allow-empty': boolean;
}

/**
 * A judged result with what blocks decided: what was accepted before is marked first, then what the thresholds let by. The day
 * is that of a file this run writes.
 */
export async function decided(
  judged: Result,
  base: JudgingBase,
  policy: GatePolicy | undefined,
  options: DecisionOptions,
  day: string,
  sources: Sources = new Map(),
): Promise<Result> {
  const thresholds = thresholdsOf(policy, options);
  const categories = new Map(base.requirements.map(({ id, category }) => [id, category]));
  const tolerated = (result: Result): Result => ({
    ...result,
    findings: tolerate(result.findings, thresholds, (id) => categories.get(id)),
  });
  const { 'baseline-file': from, 'write-baseline-file': to } = options;
  const { standing } = from === undefined && to === undefined ? unasked : await standingIn(sources, judged);
  let result = tolerated(from === undefined ? judged : accepted(judged, from, await read(from), standing));
  if (to !== undefined) {
    const written = await write(to, judged, result, from !== undefined, day, standing);
    result = tolerated(accepted(judged, to, written, standing));
  }
  return { ...result, gate: decide(result, thresholds, options['allow-empty']) };
}

type Sources = ReadonlyMap<string, Lines>;

const unasked: { standing: Standing } = { standing: () => undefined };

async function standingIn(sources: Sources, { files }: Result): Promise<{ standing: Standing }> {
  const { standing, withPlans } = await import('./standing.js');
  const all = await withPlans(sources, files);
  return { standing: (finding) => standing(all, finding) };
}

const read = async (path: string): Promise<AcceptedFindings> => (await import('./accepted-file.js')).loadAccepted(path);

function accepted(result: Result, path: string, file: AcceptedFindings, standing: Standing): Result {
  if (file.baseline !== result.baseline) {
    throw new RampartError(
      'RAMPART_BASELINE_FILE_OTHER',
      `${path} holds findings against ${file.baseline}, and this run judges against ${result.baseline}`,
      { exit: 'usage', next: 'Name the file of this baseline, or write one with --write-baseline-file.' },
    );
  }
  const { findings, outcome } = accept(result, path, file, standing);
  return { ...result, findings, accepted: outcome };
}

/** With a file given too, only what is left of it is written: so it shrinks and never grows unseen. */
async function write(
  to: string,
  judged: Result,
  result: Result,
  shrinks: boolean,
  day: string,
  standing: Standing,
): Promise<AcceptedFindings> {
  const unread = judged.files.filter(({ status }) => status === 'not-readable');
  if (unread.length > 0) {
    throw new RampartError('RAMPART_NOT_ALL_READ', `not every file could be read, so ${to} was not written`, {
      exit: 'input',
      next: 'Mend the files or leave them out: what was not read cannot be accepted.',
      problems: unread.flatMap(({ notes }) => notes),
    });
  }
  const findings = result.findings.filter((each) => (shrinks ? each.toleratedBy === 'baseline-file' : blocks(each)));
  const file = acceptedFrom(judged, findings, day, standing);
  const [{ replaceable }, { writeWhole }] = await Promise.all([
    import('./accepted-file.js'),
    import('#io/write-whole.js'),
  ]);
  const bytes = Buffer.from(`${JSON.stringify(file, null, 2)}\n`);
  await writeWhole([{ path: basename(to), bytes }], { root: dirname(to), force: await replaceable(to) });
  return file;
}
