import { type Result, resultSchemaVersion, summarize } from '#model/result.js';
import { jsonPieces } from '../json-text.js';

/** The result as JSON, for programs; the shape is the noun's own, and `result.schema.json` describes it. */
export const jsonReport = (result: Result): Generator<string> =>
  jsonPieces({ schemaVersion: resultSchemaVersion, ...result, summary: summarize(result.findings) });
