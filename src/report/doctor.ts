import type { Diagnosis } from '#model/diagnosis.js';
import { visible } from './visible.js';

/** One line for each thing, with the fix below it where there is one. */
export function doctorText(diagnoses: readonly Diagnosis[]): string {
  const wide = Math.max(...diagnoses.map(({ id }) => id.length));
  const lines = diagnoses.flatMap(({ id, state, said, fix }) => [
    `${state.padEnd(4)}  ${id.padEnd(wide)}  ${visible(said)}`,
    ...(fix ? [`${' '.repeat(wide + 8)}fix: ${visible(fix)}`] : []),
  ]);
  const count = (state: Diagnosis['state']) => diagnoses.filter((each) => each.state === state).length;
  return [...lines, '', `${count('fail')} fail · ${count('warn')} warn · ${count('ok')} ok`, ''].join('\n');
}
