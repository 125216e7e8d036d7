import type { Result } from '#model/result.js';
import type { HumanOptions } from './human.js';

export type Format = 'human' | 'json' | 'sarif';

export const formats: readonly Format[] = ['human', 'json', 'sarif'];

/** Each format in a file of its own, loaded when it is asked for. */
export async function report(format: Format, result: Result, options: HumanOptions): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('./json.js')).jsonReport(result);
    case 'sarif':
      return (await import('./sarif.js')).sarifReport(result);
    case 'human':
      return (await import('./human.js')).humanReport(result, options);
  }
}
