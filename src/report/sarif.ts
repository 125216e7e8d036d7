import type { Log, ReportingDescriptor, Result as SarifResult } from 'sarif';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import type { Severity } from '#model/severity.js';
import { isBlocking } from '#model/verdict.js';
import { waiverResult, waiverRule, waiverRules } from './sarif-waivers.js';

/** SARIF's levels; GitHub and others order alerts by `security-severity`, a number from 0 to 10. */
const levels: Record<Severity, { level: 'error' | 'warning' | 'note'; score: string }> = {
  critical: { level: 'error', score: '9.5' },
  high: { level: 'error', score: '8.0' },
  medium: { level: 'warning', score: '5.0' },
  low: { level: 'note', score: '2.0' },
};

/** The result as SARIF 2.1.0. Passes are left out, as readers of SARIF expect; waived findings are suppressed ones. */
export function sarifReport(result: Result): string {
  const shown = result.findings.filter((finding) => isBlocking(finding.verdict) || finding.verdict === 'waived');
  const problems = result.waiverProblems ?? [];
  const rules = [...rulesOf(shown), ...waiverRules(problems)];
  const index = new Map(rules.map((rule, at) => [rule.id, at]));
  const unreadable = result.files.filter((file) => file.status === 'not-readable');
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: { name: 'rampart', version: result.tool.version, semanticVersion: result.tool.version, rules },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: unreadable.flatMap((file) =>
              file.notes.map(({ message, position }) => ({
                level: 'error' as const,
                message: { text: message },
                locations: [place(file.file, position?.line ?? 1, position?.column ?? 1)],
              })),
            ),
          },
        ],
        properties: {
          baseline: result.baseline,
          controlData: result.controlData,
          ...(result.profile ? { profile: result.profile } : {}),
          ...(result.gate ? { gate: result.gate } : {}),
        },
        results: [
          ...shown.map((finding) => resultOf(finding, index.get(finding.requirement) ?? 0, result)),
          ...problems.map((problem) => waiverResult(problem, index.get(waiverRule(problem)) ?? 0, result)),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const rules = new Map<string, ReportingDescriptor>();
  for (const finding of findings) {
    if (rules.has(finding.requirement)) continue;
    rules.set(finding.requirement, {
      id: finding.requirement,
      shortDescription: { text: finding.title },
      help: { text: finding.remediation },
      defaultConfiguration: { level: levels[finding.severity].level },
      properties: {
        'security-severity': levels[finding.severity].score,
        tags: ['security', ...finding.controls.map((control) => control.id)],
      },
    });
  }
  return [...rules.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

function resultOf(finding: Finding, ruleIndex: number, result: Result): SarifResult {
  const { files } = result;
  const branch = finding.branch ? ` ${finding.branch}` : '';
  const first = files.find((file) => file.status === 'judged')?.file ?? '';
  const { file, line, column } = finding.position ?? { file: first, line: 1, column: 1 };
  const sarif: SarifResult = {
    ruleId: finding.requirement,
    ruleIndex,
    level: levels[finding.severity].level,
    kind: finding.verdict === 'unknown' ? 'open' : 'fail',
    message: { text: `${finding.resource}: ${finding.reason}${branch}. ${finding.remediation}` },
    locations: [{ ...place(file, line, column), logicalLocations: [{ name: finding.resource, kind: 'resource' }] }],
    partialFingerprints: { 'rampart/v1': `${finding.requirement}:${file}:${finding.resource}` },
    properties: {
      verdict: finding.verdict,
      resourceType: finding.type,
      controls: finding.controls,
      ...(finding.toleratedBy ? { toleratedBy: finding.toleratedBy } : {}),
    },
  };
  if (result.accepted) sarif.baselineState = finding.toleratedBy === 'baseline-file' ? 'unchanged' : 'new';
  // SARIF allows a level other than `none` only on failures.
  if (sarif.kind !== 'fail') sarif.level = 'none';
  if (finding.waiver) {
    sarif.suppressions = [
      {
        kind: 'external',
        status: 'accepted',
        justification: `${finding.waiver.reason} (until ${finding.waiver.expires})`,
      },
    ];
  }
  return sarif;
}

const place = (file: string, line: number, column: number) => ({
  physicalLocation: {
    artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
    region: { startLine: line, startColumn: column },
  },
});
