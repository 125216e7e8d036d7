import { isFor } from '#check/waive.js';
import { daysBetween, inItself, problemOf } from '#check/waiver-fault.js';
import { wallClock } from '#io/clock.js';
import { readText } from '#io/read.js';
import type { JudgingBase } from '#model/base.js';
import { type ExitName, RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import type { Waiver, WaiverProblem } from '#model/waiver.js';
import { filesOf, type JudgeOptions, judgePaths } from './gate.js';
import { defaultSystem, loadBase, loadPlan } from './load.js';
import { resultOf } from './result-file.js';
import { givenWaivers, limitsOf } from './waivers.js';

export interface WaiverOptions {
  system?: string | undefined;
  waivers?: string | undefined;
  controls?: readonly string[] | undefined;
  requirements?: readonly string[] | undefined;
}

/** A waiver with what can be said of it today. */
export interface ListedWaiver {
  waiver: Waiver;
  daysLeft: number;
  /** What is wrong with it in itself. */
  problem?: WaiverProblem;
  /** Findings it is for, when a result was given. */
  findings?: number;
}

interface Known {
  waivers: readonly Waiver[];
  faultOf(waiver: Waiver): WaiverProblem | undefined;
  day: string;
}

/** Every waiver there is: those of the file and those of the system. */
async function known(options: WaiverOptions & { baseline?: string | undefined }): Promise<Known> {
  const whole = await loadBase(options.controls, options.requirements);
  const path = options.system ?? (options.baseline ? undefined : await defaultSystem());
  const planned = path === undefined ? undefined : await loadPlan(path, whole);
  const base = planned?.base ?? whole;
  const system = planned?.plan.system;
  const waivers = [...(system?.waivers ?? []), ...(await givenWaivers(options.waivers, base))];
  const day = wallClock().toISOString().slice(0, 10);
  const how = { day, limits: limitsOf(base, system?.gate), severities: severitiesOf(base) };
  return { waivers, day, faultOf: (waiver) => inItself(waiver, how) };
}

const severitiesOf = ({ requirements }: JudgingBase) => new Map(requirements.map(({ id, severity }) => [id, severity]));

/** The waivers, the next to end first; with a result of `check --format json`, how many of its findings each is for. */
export async function listWaivers(options: WaiverOptions & { result?: string | undefined }): Promise<ListedWaiver[]> {
  const { waivers, day, faultOf } = await known(options);
  const findings = options.result === undefined ? undefined : await findingsOf(options.result);
  return waivers
    .map((waiver): ListedWaiver => {
      const problem = faultOf(waiver);
      return {
        waiver,
        daysLeft: daysBetween(day, waiver.expires),
        ...(problem ? { problem } : {}),
        ...(findings
          ? {
              findings: findings.filter((each) => counts(each) && isFor(waiver, each) && isPinnedHere(waiver, each))
                .length,
            }
          : {}),
      };
    })
    .sort((left, right) => left.daysLeft - right.daysLeft);
}

/** A result holds no texts to pin anything in: there one that pins is for what it waived. */
const isPinnedHere = ({ pin }: Waiver, { verdict }: Finding): boolean => pin === undefined || verdict === 'waived';

const counts = ({ verdict }: Finding): boolean => ['fail', 'unknown', 'waived'].includes(verdict);

async function findingsOf(path: string): Promise<readonly Finding[]> {
  const result = resultOf(await readText(path, { maxBytes: 256 * 1024 * 1024 }));
  if (result) return result.findings;
  throw new RampartError('RAMPART_NO_RESULT', `${path} is not what rampart check --format json prints.`, {
    exit: 'input',
    next: 'Keep the output of: rampart check … --format json',
  });
}

export interface WaiverAudit {
  waivers: number;
  problems: readonly WaiverProblem[];
  /** Whether manifests were judged; without, only what a waiver says of itself was looked at. */
  judged: boolean;
}

/** What is wrong with the waivers. With paths a waiver that matches nothing in them is wrong too. */
export async function auditWaivers(
  paths: readonly string[],
  options: WaiverOptions & Pick<JudgeOptions, 'baseline' | 'parameters'>,
  version: string,
): Promise<{ audit: WaiverAudit; exit: ExitName }> {
  const { waivers, faultOf } = await known(options);
  if (paths.length === 0) {
    const problems = waivers.flatMap((waiver) => faultOf(waiver) ?? []);
    return { audit: { waivers: waivers.length, problems, judged: false }, exit: exitOf(problems) };
  }
  const { result } = await judgePaths({ ...options, 'allow-empty': true }, version, filesOf(paths));
  refuseUnread(result);
  const problems = [
    ...(result.waiverProblems ?? []),
    ...(result.unusedWaivers ?? []).map(({ waiver, why }) =>
      problemOf('unmatched', waiver, why, 'Correct or remove it, or judge the files it is for too.'),
    ),
  ];
  return { audit: { waivers: waivers.length, problems, judged: true }, exit: exitOf(problems) };
}

const exitOf = (problems: readonly WaiverProblem[]): ExitName => (problems.length > 0 ? 'findings' : 'passed');

/** What was not read may be what a waiver is for. */
function refuseUnread({ files }: Result): void {
  const unread = files.filter(({ status }) => status === 'not-readable');
  if (unread.length === 0) return;
  throw new RampartError('RAMPART_NOT_ALL_READ', 'not every file could be read, so the waivers cannot be judged', {
    exit: 'input',
    next: 'Mend the files or leave them out.',
    problems: unread.flatMap(({ notes }) => notes),
  });
}
