import type { Waiver, WaiverProblem } from '#model/waiver.js';
import type { Palette } from './palette.js';
import { visible } from './visible.js';

interface Listed {
  waiver: Waiver;
  daysLeft: number;
  problem?: WaiverProblem;
  findings?: number;
}

/** One block for each waiver, the next to end first. */
export function waiverList(listed: readonly Listed[], palette: Palette): string {
  if (listed.length === 0) return 'No waivers.\n';
  return listed.map((one) => blockOf(one, palette)).join('\n');
}

function blockOf({ waiver, daysLeft, problem, findings }: Listed, palette: Palette): string {
  const left =
    daysLeft < 0 ? 'run out' : daysLeft === 0 ? 'last day' : `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
  const paint = problem ? palette.red : daysLeft <= 14 ? palette.yellow : palette.green;
  const { requirement, resource, type, file, reason, owner, approver, approved, ticket, pin } = waiver;
  const place = [type, file && `in ${file}`].filter((part) => part !== undefined).join(' ');
  const used = findings === undefined ? '' : `  ${findings === 1 ? '1 finding' : `${findings} findings`}`;
  const when = approved === undefined ? '' : ` on ${approved}`;
  const named = visible(`${resource}${place ? ` (${place})` : ''}`);
  const lines = [
    `${waiver.expires}  ${paint(left)}  ${palette.bold(requirement)} on ${named}${used}`,
    `    ${visible(reason)}`,
    `    ${visible(`to be put right by ${owner}; accepted by ${approver}${when}${ticket ? `; ${ticket}` : ''}`)}`,
    ...(pin ? ['    for what was found when it was approved, and nothing else'] : []),
    ...(problem ? [`    ${palette.red('does not hold:')} it ${visible(problem.why)}. ${visible(problem.next)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is wrong with waivers, and how many there are. */
export function waiverAudit(
  { waivers, problems, judged }: { waivers: number; problems: readonly WaiverProblem[]; judged: boolean },
  palette: Palette,
): string {
  const number = `${waivers} ${waivers === 1 ? 'waiver' : 'waivers'}`;
  const scope = judged ? '' : ' No manifests were given: whether they match anything was not looked at.';
  const end =
    problems.length === 0
      ? `${palette.green('nothing wrong')} with ${number}.`
      : `${palette.red(`${problems.length} wrong`)} of ${number}.`;
  return `${[...problems.map((each) => waiverProblemText(each, palette)), end + scope].join('\n')}\n`;
}

/** `rampart-waivers.yaml:3:5  expired waiver  kms-key-rotation on Key ran out on 2026-01-31.` */
function waiverProblemText({ fault, waiver, why, next }: WaiverProblem, palette: Palette): string {
  const { position, requirement, resource } = waiver;
  const where = position ? `${position.file}:${position.line}:${position.column}  ` : '';
  const named = `${requirement} on ${visible(resource)}`;
  return `${visible(where)}${palette.red(`${fault} waiver`)}  ${named} ${visible(why)}.\n    ${palette.green('fix')} ${visible(next)}\n`;
}
