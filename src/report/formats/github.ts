import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { causesOf } from '../cause.js';
import { type Notice, noticeNames, noticesOf, noticeText } from '../notice.js';
import { countsText, outcomeOf, pathOf, reasonOf, shownOf, unusedText, waiverText } from '../said.js';
import { short, visible } from '../visible.js';

const longest = 2000;

/**
 * The result as workflow commands, which GitHub shows beside the lines of a pull request: ten of each kind per step, so what
 * was not read comes first, then one finding of each cause, the worst first, and only then more of the same.
 */
export function githubReport(result: Result): string {
  const notices = noticesOf(result);
  const causes = causesOf(shownOf(result));
  const lines = [
    ...notices.filter(({ blocks }) => blocks).map(noticeCommand),
    ...causes.map(([first]) => annotation(first)),
    ...causes.flatMap(([, ...others]) => others.map(annotation)),
    ...notices.filter(({ blocks }) => !blocks).map(noticeCommand),
    ...(result.unusedWaivers ?? []).map((unused) => command('notice', unusedText(unused), { title: 'Unused waiver' })),
    // A line that is no command goes to the log. One is always there, so that silence is never taken for a pass.
    `rampart: ${outcomeOf(result)}, ${countsText(result)}, against ${visible(result.baseline)}`,
  ];
  return `${lines.join('\n')}\n`;
}

const noticeCommand = (notice: Notice): string =>
  command(notice.blocks ? 'error' : 'warning', noticeText(notice), {
    file: pathOf(notice.file),
    line: notice.position?.line,
    col: notice.position?.column,
    title: noticeNames[notice.kind].title,
  });

function annotation(finding: Finding): string {
  const { verdict, severity, position, requirement, controls, waiver, resource, remediation } = finding;
  const isMild =
    finding.toleratedBy !== undefined || verdict === 'unknown' || (verdict === 'fail' && severity === 'low');
  const kind = verdict === 'waived' ? 'notice' : isMild ? 'warning' : 'error';
  const what = verdict === 'waived' && waiver ? waiverText(waiver) : remediation;
  return command(kind, `${resource}: ${reasonOf(finding)}. ${what}`, {
    file: position && pathOf(position.file),
    line: position?.line,
    col: position?.column,
    title: [`${requirement} (${verdict}, ${severity})`, ...controls.map(({ id }) => labelOf(id))].join(' '),
  });
}

type Properties = Readonly<Record<string, string | number | undefined>>;

/** The runner ends a property at `,` and the properties at `:`, and a command at the end of its line. */
function command(kind: 'error' | 'warning' | 'notice', message: string, properties: Properties): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${propertyText(String(value))}`)
    .join(',');
  return `::${kind} ${written}::${messageText(short(message, longest))}`;
}

const messageText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const propertyText = (text: string): string => messageText(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
