import type { Finding } from '#model/finding.js';
import type { Lines } from '#model/position.js';
import { type FileResult, type Result, summarize } from '#model/result.js';
import { severities } from '#model/severity.js';
import { isBlocking } from '#model/verdict.js';
import { leftOutText } from './left-out.js';

/** Paints text; the identity functions where colour is off. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

export interface HumanOptions {
  palette: Palette;
  /** Text of each judged file, for excerpts. */
  sources: ReadonlyMap<string, Lines>;
  /** Shows passes and waived findings too. */
  all: boolean;
}

/** The result for people: what blocks first, grouped by file, with the line it stands in and what to do. */
export function humanReport(result: Result, options: HumanOptions): string {
  const blocks: string[] = [];
  const shown = result.findings.filter(
    (finding) => options.all || isBlocking(finding.verdict) || finding.verdict === 'waived',
  );
  const files = [...new Set(shown.map((finding) => finding.position?.file ?? ''))];
  for (const file of files) {
    const here = shown.filter((finding) => (finding.position?.file ?? '') === file);
    blocks.push(
      options.palette.bold(file || 'Missing from the manifests'),
      ...grouped(here).map((group) => groupText(group, options)),
    );
  }
  blocks.push(...result.files.flatMap((file) => notesText(file, options.palette)));
  blocks.push(...leftOutText(result.files, options.all).map((text) => options.palette.dim(visible(text))));
  for (const { waiver, why } of result.unusedWaivers ?? []) {
    const named = `${waiver.requirement} on ${visible(waiver.resource)}`;
    blocks.push(
      `${options.palette.yellow('unused waiver')}  ${named} ${why}. Remove it when no other manifest needs it.\n`,
    );
  }
  blocks.push(summaryText(result, options.palette));
  return `${blocks.join('\n')}\n`;
}

/** What is said of one file: why it was not read, or what in it was not followed. */
function notesText({ file, status, notes, next }: FileResult, palette: Palette): string[] {
  if (status !== 'judged' && status !== 'not-readable') return [];
  const said = notes.map(({ message, position }) => {
    const where = position ? `${file}:${position.line}:${position.column}` : file;
    const mark = status === 'not-readable' ? palette.red('not read') : palette.dim(position ? 'not followed' : 'note');
    return `${where}  ${mark}  ${visible(message)}\n`;
  });
  return next === undefined ? said : [...said, `    ${palette.green('next')} ${visible(next)}\n`];
}

/** Findings that say the same of several resources, as one. */
function grouped(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.verdict, finding.requirement, finding.reason, finding.branch].join('\n');
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const rank = (group: Finding[]): number => {
    const first = group[0] as Finding;
    return (isBlocking(first.verdict) ? 0 : 100) + severities.indexOf(first.severity);
  };
  return [...groups.values()].sort((left, right) => rank(left) - rank(right));
}

function groupText(group: readonly Finding[], { palette, sources }: HumanOptions): string {
  const first = group[0] as Finding;
  const paint = {
    fail: palette.red,
    error: palette.red,
    unknown: palette.yellow,
    waived: palette.cyan,
    pass: palette.green,
    'not-applicable': palette.dim,
  }[first.verdict];
  const controls = first.controls.map(({ id, basis }) => (basis === 'own' ? `${label(id)}*` : label(id))).join(' ');
  const lines = [
    `  ${paint(first.verdict)} ${first.severity}  ${palette.bold(first.requirement)}  ${palette.dim(controls)}`,
    `    ${visible(group.length === 1 ? named(first) : `${group.length} resources`)}: ${visible(first.reason)}${first.branch ? ` ${visible(first.branch)}` : ''}`,
  ];
  for (const finding of group.slice(0, 5)) {
    if (!finding.position) continue;
    const { file, line, column } = finding.position;
    const source = sources.get(file)?.line(line);
    lines.push(
      `    ${palette.dim(`${file}:${line}:${column}`)}${group.length > 1 ? ` ${visible(named(finding))}` : ''}`,
    );
    if (source === undefined) continue;
    const excerpt = visible(source.length > 100 ? `${source.slice(0, 99)}…` : source);
    lines.push(`      ${palette.dim(String(line).padStart(4))} │ ${excerpt}`);
    if (column <= 100) lines.push(`           │ ${' '.repeat(column - 1)}${palette.red('^')}`);
  }
  if (group.length > 5) lines.push(`    … and ${group.length - 5} more`);
  if (first.waiver)
    lines.push(
      `    waived until ${first.waiver.expires} by ${visible(first.waiver.approver)}: ${visible(first.waiver.reason)}`,
    );
  else if (first.verdict !== 'pass') lines.push(`    ${palette.green('fix')} ${first.remediation}`);
  return `${lines.join('\n')}\n`;
}

function summaryText(result: Result, palette: Palette): string {
  const counts = summarize(result.findings);
  const judged = result.files.filter((file) => file.status === 'judged');
  const resources = judged.reduce((sum, file) => sum + file.resources, 0);
  const blocking = counts.fail + counts.unknown + counts.error;
  const verdict =
    blocking > 0
      ? palette.red('BLOCKED')
      : result.findings.length > 0
        ? palette.green('PASSED')
        : palette.yellow('NOTHING JUDGED');
  const parts = (['fail', 'unknown', 'error', 'waived', 'pass'] as const).map((name) => `${counts[name]} ${name}`);
  return [
    `${verdict}  ${parts.join(' · ')}`,
    palette.dim(
      `${judged.length} ${judged.length === 1 ? 'manifest' : 'manifests'}, ${resources} ${resources === 1 ? 'resource' : 'resources'}, against ${result.baseline}. Controls marked * are Rampart's own mapping.`,
    ),
    ...(result.system
      ? []
      : [palette.dim('Without a system file nothing is called missing: give --system rampart.yaml to find what is.')]),
  ].join('\n');
}

/** A resource made by a program is known to its authors by the construct that made it. */
const named = ({ resource, construct }: Finding): string =>
  construct === undefined ? resource : `${resource} (${construct})`;

/** `sc-28.1` as it is printed: `SC-28(1)`. */
const label = (id: string): string => id.toUpperCase().replace(/\.(\d+)$/, '($1)');

/** Control and bidirectional characters would let a manifest write on the terminal. */
const visible = (text: string): string =>
  text.replace(/\t/g, ' ').replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');
