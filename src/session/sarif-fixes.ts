import { keyOf } from '#check/remedies.js';
import type { Finding } from '#model/finding.js';
import type { FileFix } from '#model/fix.js';
import { Lines } from '#model/position.js';
import { isBlocking } from '#model/verdict.js';
import type { Change } from '#report/sarif/place.js';
import { fixesOf } from './fix.js';
import { askedBy, type Fixing, type GateOptions, runGate, type Said } from './gate.js';
import { withLanguages } from './load.js';

export const asksForSarif = ({ format }: GateOptions): boolean => format.some((word) => word.split('=')[0] === 'sarif');

/** `rampart check` with a report that can say what mends a finding: what `--fix` would write, and nothing is written. */
export const runWithFixes = (paths: readonly string[], options: GateOptions, version: string): Promise<Said> =>
  runGate(paths, options, version, undefined, fixing(paths, options));

/** What `--fix` would write to the files under some paths. */
export const fixing =
  (paths: readonly string[], options: GateOptions): Fixing =>
  async ({ result: { findings }, given, base, stand }) => {
    const files = paths.filter((path) => path !== '-');
    if (files.length === 0 || !findings.some(({ verdict }) => verdict === 'fail')) return new Map();
    // A merge reads no manifests until here, so the base may know of CloudFormation only.
    const whole = await withLanguages(base);
    const { fixes } = await fixesOf(files, given, whole, stand, await askedBy(options, whole, stand));
    return changesOf(findings, fixes);
  };

/** Finding → the changes that mend it. A change that mends several is told at each of them. */
export function changesOf(
  findings: readonly Finding[],
  fixes: readonly FileFix[],
): ReadonlyMap<Finding, readonly Change[]> {
  const changes = new Map<string, Change[]>();
  for (const { file, before, edits, replacements } of fixes) {
    const lines = new Lines(file, before);
    const places = new Map(
      replacements.map(({ start, end, text }): [number, Change] => [
        start,
        { start: lines.position(start), end: lines.position(end), text },
      ]),
    );
    for (const edit of edits) {
      const change = places.get(edit.range.start);
      const known = changes.get(keyOf(file, edit)) ?? [];
      if (change && !known.includes(change)) changes.set(keyOf(file, edit), [...known, change]);
    }
  }
  const mends = (finding: Finding): Change[] | undefined =>
    isBlocking(finding.verdict) ? changes.get(keyOf(finding.position?.file ?? '', finding)) : undefined;
  return new Map(findings.flatMap((finding) => [[finding, mends(finding) ?? []] as const]));
}
