import type { Result } from '#model/result.js';
import { jsonText } from '../json-text.js';

/** OSCAL assessment results, as the session has them made: the same document evidence bundles seal. */
export const oscalReport = async (_: Result, { assess }: { assess(): Promise<unknown> }): Promise<string> =>
  jsonText(await assess());
