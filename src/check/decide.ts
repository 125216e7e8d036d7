import { type ExitName, exitCodes } from '#model/error.js';
import { blocks } from '#model/finding.js';
import type { GateOutcome, Thresholds } from '#model/gate.js';
import type { Result } from '#model/result.js';

/** What a run comes to. An unread file outranks findings: what was not looked at may be worse than what was found. */
export function decide(result: Result, thresholds: Thresholds, allowEmpty: boolean): GateOutcome {
  const { findings, files, waiverProblems = [] } = result;
  const blocking = findings.filter(blocks);
  const of = (verdict: string): number => blocking.filter((finding) => finding.verdict === verdict).length;
  const tolerated = findings.filter(({ toleratedBy }) => toleratedBy !== undefined);
  const by = (...tolerances: (string | undefined)[]) =>
    tolerated.filter((each) => tolerances.includes(each.toleratedBy));
  const warned = by('fail-on', 'unknown');
  const unread = files.filter(({ status }) => status === 'not-readable').length;
  const exit: ExitName =
    unread > 0
      ? 'input'
      : blocking.length + waiverProblems.length > 0
        ? 'findings'
        : findings.every(({ verdict }) => verdict === 'not-applicable') && !allowEmpty
          ? 'nothingJudged'
          : 'passed';
  return {
    exit,
    exitCode: exitCodes[exit],
    thresholds,
    blocked: {
      fail: of('fail'),
      unknown: of('unknown'),
      error: of('error'),
      waivers: waiverProblems.length,
      files: unread,
    },
    warned: {
      fail: warned.filter(({ verdict }) => verdict === 'fail').length,
      unknown: warned.filter(({ verdict }) => verdict === 'unknown').length,
      accepted: by('baseline-file').length,
    },
  };
}
