import type { Result } from '#model/result.js';
import type { ReportContext, ReportText } from '#report/formats/index.js';
import { assess } from '../../src/session/assess.js';

/** A report in one piece. */
export const whole = (text: ReportText): string => (typeof text === 'string' ? text : [...text].join(''));

const plain = (text: string): string => text;

/** What the session gives to reports, with no colour, no sources and a time that stands still. */
export const reportContext: ReportContext = {
  palette: { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain },
  sources: new Map(),
  all: false,
  exit: 'findings',
  time: new Date('2026-11-20T12:00:00Z'),
  assess: async () => ({}),
};

/** The same, with assessment results of a result. */
export const contextOf = (result: Result): ReportContext => ({
  ...reportContext,
  assess: () =>
    assess(
      result,
      {
        baseline: { id: result.baseline, title: 'A baseline', source: 'a test', date: '2026-11-20', controls: [] },
        plan: undefined,
      },
      reportContext.time,
    ),
});
