import { type Result, summarize } from '#model/result.js';

/** The result as JSON, for programs; the shape is the noun's own. */
export const jsonReport = (result: Result): string =>
  `${JSON.stringify({ ...result, summary: summarize(result.findings) }, null, 2)}\n`;
