import { blocks, type Finding } from '#model/finding.js';
import type { Lines } from '#model/position.js';
import { type Result, summarize } from '#model/result.js';
import { severities } from '#model/severity.js';
import { isBlocking } from '#model/verdict.js';
import { acceptedTexts, policyTexts, toleranceText, verdictText, waiverProblemText } from './human-gate.js';

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
  const parts: string[] = [];
  const shown = result.findings.filter(
    (finding) => options.all || isBlocking(finding.verdict) || finding.verdict === 'waived',
  );
  const files = [...new Set(shown.map((finding) => finding.position?.file ?? ''))];
  for (const file of files) {
    const here = shown.filter((finding) => (finding.position?.file ?? '') === file);
    parts.push(
      options.palette.bold(file || 'Missing from the manifests'),
      ...grouped(here).map((group) => groupText(group, options)),
    );
  }
  for (const { file, status, notes, next } of result.files) {
    for (const note of notes) {
      const where = note.position ? `${file}:${note.position.line}:${note.position.column}` : file;
      const mark = status === 'not-readable' ? options.palette.red('not read') : options.palette.dim('not followed');
      if (status !== 'not-a-manifest') parts.push(`${where}  ${mark}  ${visible(note.message)}\n`);
    }
    if (next !== undefined) parts.push(`    ${options.palette.green('next')} ${visible(next)}\n`);
  }
  for (const problem of result.waiverProblems ?? []) parts.push(waiverProblemText(problem, options.palette));
  for (const { waiver, why } of result.unusedWaivers ?? []) {
    const named = `${waiver.requirement} on ${visible(waiver.resource)}`;
    parts.push(
      `${options.palette.yellow('unused waiver')}  ${named} ${why}. Remove it when no other manifest needs it.\n`,
    );
  }
  parts.push(...acceptedTexts(result, options.palette));
  parts.push(summaryText(result, options.palette));
  return `${parts.join('\n')}\n`;
}

/** Findings that say the same of several resources, as one. */
function grouped(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = [finding.verdict, finding.requirement, finding.reason, finding.branch, finding.toleratedBy].join('\n');
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const rank = (group: Finding[]): number => {
    const first = group[0] as Finding;
    return (blocks(first) ? 0 : isBlocking(first.verdict) ? 50 : 100) + severities.indexOf(first.severity);
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
  const verdict = first.toleratedBy === 'baseline-file' ? 'accepted' : first.verdict;
  const controls = first.controls.map(({ id, basis }) => (basis === 'own' ? `${label(id)}*` : label(id))).join(' ');
  const lines = [
    `  ${paint(verdict)} ${first.severity}  ${palette.bold(first.requirement)}  ${palette.dim(controls)}${palette.yellow(toleranceText(first))}`,
    `    ${visible(group.length === 1 ? first.resource : `${group.length} resources`)}: ${visible(first.reason)}${first.branch ? ` ${visible(first.branch)}` : ''}`,
  ];
  for (const finding of group.slice(0, 5)) {
    if (!finding.position) continue;
    const { file, line, column } = finding.position;
    const source = sources.get(file)?.line(line);
    lines.push(
      `    ${palette.dim(`${file}:${line}:${column}`)}${group.length > 1 ? ` ${visible(finding.resource)}` : ''}`,
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
  const parts = (['fail', 'unknown', 'error', 'waived', 'pass'] as const).map((name) => `${counts[name]} ${name}`);
  return [
    `${verdictText(result, palette)}  ${parts.join(' · ')}`,
    ...policyTexts(result),
    palette.dim(
      `${judged.length} ${judged.length === 1 ? 'manifest' : 'manifests'}, ${resources} ${resources === 1 ? 'resource' : 'resources'}, against ${result.baseline}. Controls marked * are Rampart's own mapping.`,
    ),
    ...(result.system
      ? []
      : [palette.dim('Without a system file nothing is called missing: give --system rampart.yaml to find what is.')]),
  ].join('\n');
}

/** `sc-28.1` as it is printed: `SC-28(1)`. */
const label = (id: string): string => id.toUpperCase().replace(/\.(\d+)$/, '($1)');

/** Control and bidirectional characters would let a manifest write on the terminal. */
const visible = (text: string): string =>
  text.replace(/\t/g, ' ').replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');
