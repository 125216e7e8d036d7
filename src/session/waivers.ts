import { listFiles } from '#io/list-files.js';
import type { JudgingBase } from '#model/base.js';
import type { GatePolicy, WaiverLimits } from '#model/gate.js';
import { severities } from '#model/severity.js';
import type { Waiver } from '#model/waiver.js';

/** Name of the file of waivers commands look for in the current folder. */
export const waiversFile = 'rampart-waivers.yaml';

/** The file of waivers that was named, or the one in the current folder if there is one. */
export const waiversPath = (path: string | undefined): string | undefined =>
  path ?? (listFiles([waiversFile]).files.length > 0 ? waiversFile : undefined);

/** The waivers of that file. */
export async function givenWaivers(path: string | undefined, base: JudgingBase): Promise<readonly Waiver[]> {
  const file = waiversPath(path);
  return file === undefined ? [] : (await import('./waivers-file.js')).loadWaivers(file, base);
}

/** Rampart's limits, or a system's stricter ones. */
export function limitsOf({ waiverLimits }: JudgingBase, policy: GatePolicy | undefined): WaiverLimits {
  const { maxDays = {}, mostFindings = waiverLimits.mostFindings } = policy?.waivers ?? {};
  const days = severities.map((each) => [
    each,
    Math.min(waiverLimits.maxDays[each], maxDays[each] ?? waiverLimits.maxDays[each]),
  ]);
  return { maxDays: Object.fromEntries(days), mostFindings: Math.min(waiverLimits.mostFindings, mostFindings) };
}
