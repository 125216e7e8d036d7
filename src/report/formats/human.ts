import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { type Cause, causesOf, filesOf } from '../cause.js';
import { Excerpts } from '../excerpt.js';
import { leftOutText, withoutText } from '../left-out.js';
import { noticeNames, noticesOf } from '../notice.js';
import type { Palette } from '../palette.js';
import { countsText, isTold, nameOf, outcomeOf, reasonOf, waiverText } from '../said.js';
import { visible } from '../visible.js';
import { wrap } from '../wrap.js';

export interface HumanOptions {
  palette: Palette;
  /** Text of each judged file, for excerpts. */
  sources: ReadonlyMap<string, Lines>;
  /** Shows passes and waived findings too. */
  all: boolean;
  /** Columns of the screen; without one no line is broken. */
  width?: number;
}

const judgeable = 'Give CloudFormation or ARM templates, Kubernetes manifests, or the JSON of a Terraform plan.';

/** Places that are shown of a cause; of the rest, how many there are. */
const mostPlaces = 5;

/** The result for people: each cause once, what blocks first, by file, with the line it stands in and what to do. */
export function humanReport(result: Result, options: HumanOptions): string {
  const { palette } = options;
  const shown = result.findings.filter((finding) => options.all || isTold(finding));
  const excerpts = new Excerpts(options.sources, result.findings);
  const blocks: string[] = [];
  for (const [title, causes] of byPlace(causesOf(shown), shown)) {
    blocks.push(palette.bold(visible(title)), ...causes.map((cause) => causeText(cause, excerpts, options)));
  }
  blocks.push(...noticeTexts(result, palette));
  blocks.push(...leftOutText(result.files, options.all).map((text) => `${palette.dim(visible(text))}\n`));
  for (const { waiver, why } of result.unusedWaivers ?? []) {
    const named = `${visible(waiver.requirement)} on ${visible(waiver.resource)}`;
    blocks.push(
      `${palette.yellow('unused waiver')}  ${named} ${visible(why)}. Remove it when no other manifest needs it.\n`,
    );
  }
  blocks.push(summaryText(result, options));
  return `${blocks.join('\n')}\n`;
}

/** Causes under the file they are found in; those of several files come first, since mending them mends most. */
function byPlace(causes: readonly Cause[], shown: readonly Finding[]): Map<string, Cause[]> {
  const titles = new Map(
    [...new Set(shown.map(({ position }) => position?.file ?? ''))].map((file) => [
      file,
      file || 'Needed by the system',
    ]),
  );
  const places = new Map<string, Cause[]>(['In several files', ...titles.values()].map((title) => [title, []]));
  for (const cause of causes) {
    const files = filesOf(cause);
    const title = files.length > 1 ? 'In several files' : titles.get(files[0] ?? '');
    places.get(title ?? '')?.push(cause);
  }
  return new Map([...places].filter(([, own]) => own.length > 0));
}

/** A sentence in the lines it takes on the screen, all as far in as the first. */
function sentenceLines(text: string, width: number | undefined): string[] {
  const line = `    ${visible(text)}`;
  return width === undefined || line.length <= width ? [line] : wrap(line, width, '    ');
}

function causeText(cause: Cause, excerpts: Excerpts, { palette, width }: HumanOptions): string {
  const [first] = cause;
  const paint = {
    fail: palette.red,
    error: palette.red,
    unknown: palette.yellow,
    waived: palette.cyan,
    pass: palette.green,
    'not-applicable': palette.dim,
  }[first.verdict];
  const controls = first.controls.map(({ id, basis }) => (basis === 'own' ? `${labelOf(id)}*` : labelOf(id))).join(' ');
  const lines = [
    `  ${paint(nameOf(first))} ${first.severity}  ${palette.bold(first.requirement)}  ${palette.dim(controls)}`,
    ...sentenceLines(`${cause.length === 1 ? named(first) : `${cause.length} resources`}: ${reasonOf(first)}`, width),
  ];
  for (const finding of cause.slice(0, mostPlaces)) {
    const { position } = finding;
    if (!position) continue;
    const where = visible(`${position.file}:${position.line}:${position.column}`);
    lines.push(`    ${palette.dim(where)}${cause.length > 1 ? ` ${visible(named(finding))}` : ''}`);
    const excerpt = excerpts.of(finding);
    if (!excerpt) continue;
    lines.push(`      ${palette.dim(String(position.line).padStart(4))} │ ${excerpt.text}`);
    if (excerpt.caret !== undefined) lines.push(`           │ ${' '.repeat(excerpt.caret)}${palette.red('^')}`);
  }
  if (cause.length > mostPlaces) lines.push(`    … and ${cause.length - mostPlaces} more`);
  if (first.waiver) lines.push(`    ${visible(waiverText(first.waiver))}`);
  else if (first.verdict !== 'pass' && nameOf(first) !== 'inherited') {
    const [start = '', ...rest] = sentenceLines(`fix ${first.remediation}`, width);
    lines.push(start.replace('fix', palette.green('fix')), ...rest);
  }
  return `${lines.join('\n')}\n`;
}

/** A resource made by a program is known to its authors by the construct that made it. */
const named = ({ resource, construct }: Finding): string =>
  construct === undefined ? resource : `${resource} (${construct})`;

function noticeTexts(result: Result, palette: Palette): string[] {
  const notices = noticesOf(result);
  return notices.map(({ kind, blocks, file, message, position, next }, at) => {
    const where = visible(position ? `${file}:${position.line}:${position.column}` : file);
    const name = noticeNames[kind].name.toLowerCase();
    const mark = blocks ? palette.red(name) : palette.dim(name);
    // What to do is said once per file, behind its last note.
    const isLast = notices[at + 1]?.file !== file;
    const nextText = next !== undefined && isLast ? `    ${palette.green('next')} ${visible(next)}\n` : '';
    return `${where}  ${mark}  ${visible(message)}\n${nextText}`;
  });
}

function summaryText(result: Result, { palette, all }: HumanOptions): string {
  const judged = result.files.filter((file) => file.status === 'judged');
  const resources = judged.reduce((sum, file) => sum + file.resources, 0);
  const verdict = {
    'not all read': palette.red('BLOCKED'),
    blocked: palette.red('BLOCKED'),
    passed: palette.green('PASSED'),
    'passed with warnings': palette.yellow('PASSED WITH WARNINGS'),
    'nothing judged': palette.yellow('NOTHING JUDGED'),
  }[outcomeOf(result)];
  const { profile } = result;
  const part = profile ? ` (${profile.requirements.length} of ${profile.of} requirements)` : '';
  return [
    `${verdict}${part}  ${countsText(result)}`,
    palette.dim(
      `${judged.length} ${judged.length === 1 ? 'manifest' : 'manifests'}, ${resources} ${resources === 1 ? 'resource' : 'resources'}, against ${result.baseline}. Controls marked * are Rampart's own mapping.`,
    ),
    ...withoutText(result, all).map((line) => palette.dim(visible(line))),
    ...(result.boundary.data ?? []).map((name) =>
      palette.dim(`What regions have is also taken from your own ${visible(name)}.`),
    ),
    // Whoever sees none judged mostly gave the wrong folder, or code that is yet to be built.
    ...(outcomeOf(result) === 'nothing judged' && judged.length === 0 ? [palette.dim(judgeable)] : []),
    ...(result.system
      ? []
      : [palette.dim('Without a system file nothing is called missing: give --system rampart.yaml to find what is.')]),
  ].join('\n');
}
