import type { Problem } from '#model/error.js';
import type { Fault } from './schema-problem.js';
import type { Source } from './source.js';

/** Faults as problems with positions, in file order, each once. */
export function problemsOf(faults: readonly Fault[], source: Source): Problem[] {
  const seen = new Set<string>();
  return faults
    .map(({ path, key, message }) => ({ message, position: key ? source.keyAt(path) : source.at(path) }))
    .filter(({ message }) => !seen.has(message) && seen.add(message))
    .sort(
      (a, b) =>
        a.position.line - b.position.line || a.position.column - b.position.column || (a.message < b.message ? -1 : 1),
    );
}
