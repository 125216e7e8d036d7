import type { Finding } from '#model/finding.js';
import type { Tolerance } from '#model/gate.js';
import { type Result, summarize } from '#model/result.js';
import type { WaiverProblem } from '#model/waiver.js';
import type { Palette } from './human.js';

/** What stands beside the verdict of a finding that does not block. */
const tolerances: Readonly<Record<Tolerance, string>> = {
  'fail-on': 'only warned of: below the threshold',
  unknown: 'only warned of: unknown is not a pass',
  'baseline-file': 'accepted in the baseline file',
};

export const toleranceText = ({ toleratedBy }: Finding): string => (toleratedBy ? ` (${tolerances[toleratedBy]})` : '');

const show = (text: string): string =>
  text.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');

/** `rampart-waivers.yaml:3:5  expired waiver  kms-key-rotation on Key ran out on 2026-01-31.` */
export function waiverProblemText({ fault, waiver, why, next }: WaiverProblem, palette: Palette): string {
  const { position, requirement, resource } = waiver;
  const where = position ? `${position.file}:${position.line}:${position.column}  ` : '';
  const named = `${requirement} on ${show(resource)}`;
  return `${show(where)}${palette.red(`${fault} waiver`)}  ${named} ${show(why)}.\n    ${palette.green('fix')} ${show(next)}\n`;
}

/** What became of the findings of a baseline file. */
export function acceptedTexts({ accepted }: Result, palette: Palette): string[] {
  if (!accepted) return [];
  const { file, otherControlData, fixed, changed } = accepted;
  const lines = [
    ...fixed.map((each) => `${palette.green('mended')}  ${each.requirement} on ${show(each.resource)}`),
    ...changed.map((each) => `${palette.yellow('changed')}  ${each.requirement} on ${show(each.resource)}`),
  ];
  if (lines.length > 0)
    lines.push(
      `    ${palette.green('next')} ${show(file)} can do without these: write it again with both baseline-file flags.`,
    );
  if (otherControlData)
    lines.push(palette.dim(`${show(file)} was written with other control data; findings may read differently.`));
  return lines.length > 0 ? [`${lines.join('\n')}\n`] : [];
}

/** The word a run ends with. Nothing is called passed without naming what was let by. */
export function verdictText(result: Result, palette: Palette): string {
  const { gate, profile, findings } = result;
  const part = profile ? ` (${profile.requirements.length} of ${profile.of} requirements)` : '';
  const counts = summarize(findings);
  const isBlocked = gate
    ? gate.exit === 'findings' || gate.exit === 'input'
    : counts.fail + counts.unknown + counts.error > 0;
  if (isBlocked) return `${palette.red('BLOCKED')}${part}`;
  if (findings.length === 0) return palette.yellow('NOTHING JUDGED');
  const { fail = 0, unknown = 0, accepted = 0 } = gate?.warned ?? {};
  const letBy = [
    ...(unknown > 0 ? [`${unknown} unknown only warned of`] : []),
    ...(fail > 0 ? [`${fail} fail below the threshold`] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
  ];
  if (letBy.length === 0) return `${palette.green('PASSED')}${part}`;
  return `${palette.yellow(`PASSED WITH ${letBy.join(', ').toUpperCase()}`)}${part}`;
}

/** What the verdict holds for, when that is not everything. */
export function policyTexts({ gate, profile, accepted }: Result): string[] {
  const texts: string[] = [];
  if (profile) {
    const named = profile.requirements.slice(0, 10).join(', ') + (profile.requirements.length > 10 ? ', …' : '');
    texts.push(`Only ${named} of ${profile.of} requirements judged. This says nothing of the others.`);
  }
  if (gate) {
    const { failOn, unknown, categories } = gate.thresholds;
    const own = Object.entries(categories).map(([category, severity]) => `${category} ${severity}`);
    if (failOn !== 'low' || own.length > 0)
      texts.push(`Blocks from ${[`${failOn} severity`, ...own].join('; ')} up. Broken checks always block.`);
    if (unknown === 'warn') texts.push('What could not be decided does not block (unknown: warn); it is not a pass.');
    if (gate.blocked.waivers > 0) texts.push(`${gate.blocked.waivers} of the waivers must be put right.`);
    if (gate.blocked.files > 0) texts.push(`${gate.blocked.files} of the files could not be read.`);
  }
  if (accepted) texts.push(`${accepted.known} findings accepted in ${show(accepted.file)} on ${accepted.date}.`);
  return texts;
}
