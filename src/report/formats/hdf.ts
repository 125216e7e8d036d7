import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import type { Severity } from '#model/severity.js';
import { sha256 } from '../fingerprint.js';
import { jsonText } from '../json-text.js';
import { noticesOf, noticeText } from '../notice.js';
import { reasonOf, waiverText } from '../said.js';
import { visible } from '../visible.js';

/** Impact as Heimdall turns it into a severity. */
const impacts: Record<Severity, number> = { critical: 0.9, high: 0.7, medium: 0.5, low: 0.3 };

type Json = Readonly<Record<string, unknown>>;

/**
 * The result in MITRE's Heimdall Data Format (exec JSON): one control per requirement, one result per finding. Heimdall takes
 * a control with a pass and something skipped for passed, so an unknown is a failed result, and each waived finding, which is
 * skipped, is in a control of its own that carries its waiver.
 */
export function hdfReport(result: Result, { time }: { time: Date }): string {
  const start = time.toISOString();
  const controls = [
    ...controlGroups(result.findings).map((group) => controlOf(group, start)),
    ...readingControl(result, start),
  ];
  const { version } = result.tool;
  const document = {
    platform: { name: 'rampart', release: version, target_id: result.system ?? null },
    version,
    statistics: { duration: 0 },
    profiles: [
      {
        name: 'rampart',
        version,
        title: `Rampart against ${result.baseline}`,
        summary: 'Requirements of Rampart on manifests. They support controls; they do not satisfy any as a whole.',
        sha256: sha256(JSON.stringify([version, result.baseline, result.controlData])),
        status: 'loaded',
        supports: [],
        attributes: [],
        groups: [],
        controls,
      },
    ],
  };
  return jsonText(document);
}

interface ControlGroup {
  id: string;
  findings: readonly [Finding, ...Finding[]];
}

/** Findings of a requirement together; those that are waived or do not apply by themselves, since they change a control's status. */
function controlGroups(findings: readonly Finding[]): ControlGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { requirement, verdict, resource, position } = finding;
    const id =
      verdict === 'waived'
        ? `${requirement} (waived: ${resource}${position ? ` in ${position.file}` : ''})`
        : verdict === 'not-applicable'
          ? `${requirement} (not applicable)`
          : requirement;
    const group = groups.get(id);
    if (group) group.push(finding);
    else groups.set(id, [finding]);
  }
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, group]) => ({ id: visible(id), findings: group }));
}

function controlOf({ id, findings }: ControlGroup, start: string): Json {
  const [first] = findings;
  const { requirement, title, severity, remediation, controls, waiver, verdict, position } = first;
  return {
    id,
    title,
    desc: title,
    descriptions: [{ label: 'fix', data: remediation }],
    impact: verdict === 'not-applicable' ? 0 : impacts[severity],
    refs: [],
    tags: {
      nist: controls.map((control) => nistTag(control.id)),
      severity,
      requirement,
      mapping: Object.fromEntries(controls.map((control) => [nistTag(control.id), control.basis])),
    },
    code: '',
    source_location: position ? { ref: position.file, line: position.line } : {},
    ...(waiver
      ? {
          waiver_data: {
            expiration_date: waiver.expires,
            justification: waiver.reason,
            run: false,
            skipped_due_to_waiver: true,
            message: visible(waiverText(waiver)),
          },
        }
      : {}),
    results: findings.map((finding) => resultOf(finding, start)),
  };
}

function resultOf(finding: Finding, start: string): Json {
  const { verdict, position, resource, type, waiver } = finding;
  const where = position ? ` at ${position.file}:${position.line}:${position.column}` : '';
  const base = { code_desc: visible(`${type} ${resource}${where}`), run_time: 0, start_time: start, resource };
  switch (verdict) {
    case 'pass':
      return { status: 'passed', ...base };
    case 'waived':
      return { status: 'skipped', ...base, skip_message: visible(waiver ? waiverText(waiver) : 'waived') };
    case 'not-applicable':
      return { status: 'skipped', ...base, skip_message: visible(reasonOf(finding)) };
    case 'error':
      return { status: 'error', ...base, message: visible(reasonOf(finding)) };
    case 'fail':
      return { status: 'failed', ...base, message: visible(reasonOf(finding)) };
    case 'unknown':
      return { status: 'failed', ...base, message: visible(`Unknown, so not passed: ${reasonOf(finding)}`) };
  }
}

/** What was not read or not followed, as a control: it must be seen beside those that passed. */
function readingControl(result: Result, start: string): Json[] {
  const notices = noticesOf(result);
  if (notices.length === 0) return [];
  return [
    {
      id: 'rampart-manifests-read',
      title: 'Every manifest could be read and followed',
      desc: 'What was not read was not judged.',
      impact: impacts.high,
      refs: [],
      tags: { nist: [], severity: 'high' },
      code: '',
      source_location: {},
      results: notices.map((notice) => ({
        status: notice.blocks ? 'error' : 'skipped',
        code_desc: visible(notice.file),
        run_time: 0,
        start_time: start,
        ...(notice.blocks ? { message: visible(noticeText(notice)) } : { skip_message: visible(noticeText(notice)) }),
      })),
    },
  ];
}

/** `SC-28 (1)`, as Heimdall spells it. */
const nistTag = (id: string): string => labelOf(id).replace('(', ' (');
