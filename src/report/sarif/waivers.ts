import type { ReportingDescriptor, Result as SarifResult } from 'sarif';
import type { Result } from '#model/result.js';
import type { WaiverFault, WaiverProblem } from '#model/waiver.js';

/** A fault of a waiver is a result like any other, under a rule of its own. */
export const waiverRule = ({ fault }: Pick<WaiverProblem, 'fault'>): string => `waiver-${fault}`;

const titles: Readonly<Record<WaiverFault, string>> = {
  expired: 'A waiver has not run out',
  'not-yet': 'A waiver is approved',
  'too-long': 'A waiver lasts no longer than its severity allows',
  'too-broad': 'A waiver says what it is about',
  'self-approved': 'A waiver is approved by somebody other than its owner',
  changed: 'A waiver is for what stands there now',
  unmatched: 'A waiver matches a finding',
  unused: 'A waiver is needed',
};

export const waiverRules = (problems: readonly WaiverProblem[]): ReportingDescriptor[] =>
  [...new Set(problems.map(({ fault }) => fault))].sort().map((fault) => ({
    id: waiverRule({ fault }),
    shortDescription: { text: titles[fault] },
    defaultConfiguration: { level: 'error' as const },
  }));

export function waiverResult(problem: WaiverProblem, ruleIndex: number, { files }: Result): SarifResult {
  const { waiver, why, next } = problem;
  const first = files.find((file) => file.status === 'judged')?.file ?? '';
  const { file, line, column } = waiver.position ?? { file: first, line: 1, column: 1 };
  const { requirement, resource } = waiver;
  return {
    ruleId: waiverRule(problem),
    ruleIndex,
    level: 'error',
    kind: 'fail',
    message: { text: `The waiver of ${requirement} on ${resource} ${why}. ${next}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    partialFingerprints: { 'rampart/v1': JSON.stringify([waiverRule(problem), file, requirement, resource]) },
  };
}
