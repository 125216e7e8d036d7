import type { Result } from '#model/result.js';

/** OSCAL assessment results, as the session has them made: the same document evidence bundles seal. */
export const oscalReport = async (_: Result, { assess }: { assess(): Promise<unknown> }): Promise<string> =>
  `${JSON.stringify(await assess(), null, 2)}\n`;
