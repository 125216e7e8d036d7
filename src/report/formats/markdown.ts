import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { type Cause, causesOf } from '../cause.js';
import { code, prose } from '../markdown-text.js';
import { type Notice, noticeNames, noticesOf } from '../notice.js';
import { countsText, isTold, nameOf, outcomeOf, reasonOf, waiverText } from '../said.js';

/** GitHub refuses a comment with more characters. GitLab and others take more. */
const longestComment = 65_536;

const mostPlaces = 5;

/** The result as Markdown, short enough for a comment on a pull request. */
export const markdownReport = (result: Result): string => markdownText(result, longestComment);

/** What was not read comes first, then the worst finding. Where not all fits, a last line says how much is left out. */
export function markdownText(result: Result, limit: number): string {
  const causes = causesOf(result.findings.filter(isTold));
  const notices = noticesOf(result);
  const parts: { text: string; counts: number }[] = [
    ...notices.filter(({ blocks }) => blocks).map(noticeText),
    ...causes.map((cause) => ({ text: causeText(cause), counts: cause.length })),
    ...notices.filter(({ blocks }) => !blocks).map(noticeText),
    ...(result.unusedWaivers ?? []).map(({ waiver, why }) => ({
      text: `- **unused waiver** ${code(waiver.requirement)} on ${code(waiver.resource)} ${prose(why)}.\n`,
      counts: 0,
    })),
  ];
  const head = headText(result);
  // Room for the line that says what is left out, whatever it counts.
  const room = limit - head.length - 300;
  let used = 0;
  let kept = 0;
  for (const { text } of parts) {
    if (used + text.length > room) break;
    used += text.length;
    kept += 1;
  }
  const shown = parts.slice(0, kept).map(({ text }) => text);
  return `${head}${shown.join('')}${kept < parts.length ? leftText(parts.slice(kept)) : ''}`;
}

function headText(result: Result): string {
  const judged = result.files.filter(({ status }) => status === 'judged').length;
  const against = `${judged} ${judged === 1 ? 'manifest' : 'manifests'} against ${code(result.baseline)}`;
  return `### Rampart: ${outcomeOf(result)}\n\n${countsText(result)}  \n${against}. Controls marked \\* are Rampart’s own mapping.\n\n`;
}

const noticeText = ({ kind, file, message, next }: Notice) => ({
  text: `- **${noticeNames[kind].name.toLowerCase()}** ${code(file)}: ${code(message)}${next === undefined ? '' : `  \n  ${prose(next)}`}\n`,
  counts: 0,
});

function leftText(parts: readonly { counts: number }[]): string {
  const findings = parts.reduce((sum, { counts }) => sum + counts, 0);
  const others = parts.filter(({ counts }) => counts === 0).length;
  const rest = others > 0 ? ` and ${others} other ${others === 1 ? 'note' : 'notes'}` : '';
  return `\n**${findings} further ${findings === 1 ? 'finding' : 'findings'}${rest} not shown: there is no room here.** The counts above are of all. Print the whole result with \`--format human\`.\n`;
}

function causeText(cause: Cause): string {
  const [first] = cause;
  const controls = first.controls.map(({ id, basis }) => `${labelOf(id)}${basis === 'own' ? '\\*' : ''}`).join(' ');
  const name = cause.length === 1 ? code(first.resource) : `${cause.length} resources`;
  const lines = [
    `- **${nameOf(first)}** ${first.severity} ${code(first.requirement)} ${controls}  `,
    `  ${name}: ${code(reasonOf(first))}  `,
    ...cause.slice(0, mostPlaces).map((finding) => `  ${placeText(finding, cause.length > 1)}  `),
    ...(cause.length > mostPlaces ? [`  … and ${cause.length - mostPlaces} more  `] : []),
    ...(nameOf(first) === 'inherited'
      ? []
      : [first.waiver ? `  ${code(waiverText(first.waiver))}` : `  Fix: ${prose(first.remediation)}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function placeText({ position, resource }: Finding, isOneOfMany: boolean): string {
  const where = position ? code(`${position.file}:${position.line}:${position.column}`) : 'needed by the system';
  return isOneOfMany ? `${where} ${code(resource)}` : where;
}
