import type { TraceLine } from '#model/artifact.js';
import type { Finding } from '#model/finding.js';

/** Which requirements each line of a file serves: the places the gate's passes rest on. In line order. */
export function traceOf(findings: readonly Finding[], file: string): TraceLine[] {
  const lines = new Map<number, Set<string>>();
  for (const finding of findings) {
    if (finding.verdict !== 'pass') continue;
    for (const position of finding.evidence ?? []) {
      if (position.file !== file) continue;
      const served = lines.get(position.line) ?? new Set();
      lines.set(position.line, served.add(finding.requirement));
    }
  }
  return [...lines]
    .sort(([left], [right]) => left - right)
    .map(([line, requirements]) => ({ line, requirements: [...requirements].sort() }));
}
