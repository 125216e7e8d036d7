import type { Finding } from '#model/finding.js';
import { rankOf } from './said.js';

/** Findings that say the same, of one resource or of many. Never empty. */
export type Cause = readonly [Finding, ...Finding[]];

/** Findings by what they say, the worst first: what is wrong a hundred times for one cause is one thing to read. */
export function causesOf(findings: readonly Finding[]): Cause[] {
  const causes = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const cause = causes.get(key);
    if (cause) cause.push(finding);
    else causes.set(key, [finding]);
  }
  return [...causes.values()].sort(([left], [right]) => rankOf(left) - rankOf(right));
}

/** What a finding says. What may hold anything is in quotes, or stands last. */
const keyOf = ({ verdict, requirement, reason, branch, waiver, toleratedBy }: Finding): string =>
  `${verdict} ${toleratedBy} ${branch && JSON.stringify(branch)} ${waiver && JSON.stringify(waiver)} ${requirement} ${reason}`;

/** Files a cause is found in, each once. Findings of what is missing are in none. */
export const filesOf = (cause: Cause): string[] => [...new Set(cause.map(({ position }) => position?.file ?? ''))];
