import type { ExitName } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import type { Change } from '../sarif/place.js';
import type { HumanOptions } from './human.js';

/** What a format may need besides the result. Formats take what they use of it. */
export interface ReportContext extends HumanOptions {
  /** What the run ends with; a report states it and does not decide it. */
  exit: ExitName;
  /** What mends a finding, where that was asked for and is known. */
  fixes?: ReadonlyMap<Finding, readonly Change[]>;
  /** When the report was made, for formats that must say so. */
  time: Date;
  /** The result as OSCAL assessment results. Another room makes them. */
  assess(): Promise<unknown>;
}

/** The text of a report; in pieces where it tells of every finding at length. */
export type ReportText = string | Generator<string>;

export type Format = (result: Result, context: ReportContext) => ReportText | Promise<ReportText>;

/** Each format in a file of its own, loaded when it is asked for. */
export const formats: ReadonlyMap<string, () => Promise<Format>> = new Map<string, () => Promise<Format>>([
  ['csv', async () => (await import('./csv.js')).csvReport],
  ['github', async () => (await import('./github.js')).githubReport],
  ['gitlab', async () => (await import('./gitlab.js')).gitlabReport],
  ['hdf', async () => (await import('./hdf.js')).hdfReport],
  ['human', async () => (await import('./human.js')).humanReport],
  ['json', async () => (await import('./json.js')).jsonReport],
  ['junit', async () => (await import('./junit.js')).junitReport],
  ['markdown', async () => (await import('./markdown.js')).markdownReport],
  ['oscal', async () => (await import('./oscal.js')).oscalReport],
  ['sarif', async () => (await import('./sarif.js')).sarifReport],
]);
