import type { Invocation, Log, Notification, Result as SarifResult } from 'sarif';
import { type ExitName, exitCodes } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import type { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { fingerprints } from '../fingerprint.js';
import { jsonText } from '../json-text.js';
import { noticesOf, noticeText } from '../notice.js';
import { placeOf, reasonOf, shownOf, unusedText, waiverText, worstFirst } from '../said.js';
import { type Change, fixOf, placeIn } from '../sarif/place.js';
import { controlsOf, levels, rulesOf, taxon, taxonomyOf } from '../sarif/rules.js';
import { waiverResult, waiverRule, waiverRules } from '../sarif/waivers.js';
import { short } from '../visible.js';

/** All of it may be left out: a bundle's SARIF is made without the texts, and no run ends with it. */
export interface SarifOptions {
  sources?: ReadonlyMap<string, Lines>;
  exit?: ExitName;
  /** Blanks a level is indented by: 2 unless given. */
  indent?: number;
  /** What mends a finding, where that is known. */
  fixes?: ReadonlyMap<Finding, readonly Change[]>;
}

/** GitHub refuses a run with more results. */
const mostResults = 25_000;

/** A name in a manifest may be a megabyte long. */
const longestMessage = 4000;

/** The result as SARIF 2.1.0. Passes are left out, as readers of SARIF expect; waived findings are suppressed ones. */
export const sarifReport = (result: Result, options: SarifOptions = {}): string =>
  jsonText(logOf(result, options), options.indent);

function logOf(result: Result, options: SarifOptions): Log {
  const all = shownOf(result);
  const shown = all.length > mostResults ? new Set(worstFirst(all).slice(0, mostResults)) : new Set(all);
  const kept = all.filter((finding) => shown.has(finding));
  const controls = controlsOf(kept);
  const problems = result.waiverProblems ?? [];
  const rules = [...rulesOf(kept, controls), ...waiverRules(problems)];
  const index = new Map(rules.map((rule, at) => [rule.id, at]));
  const names = fingerprints(all);
  const { version } = result.tool;
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'rampart',
            version,
            semanticVersion: version,
            rules,
            supportedTaxonomies: [{ name: taxonomyOf([]).name, index: 0 }],
          },
        },
        taxonomies: [taxonomyOf(controls)],
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(result, options.exit, all.length - kept.length)],
        properties: {
          baseline: result.baseline,
          controlData: result.controlData,
          ...(result.profile ? { profile: result.profile } : {}),
          ...(result.gate ? { gate: result.gate } : {}),
        },
        results: [
          ...kept.map((finding) =>
            Object.assign(resultOf(finding, result, options.sources), fixesOf(finding, options.fixes?.get(finding)), {
              ruleIndex: index.get(finding.requirement) ?? 0,
              taxa: finding.controls.map(({ id }) => taxon(id, controls)),
              partialFingerprints: { 'rampart/v2': names.get(finding) ?? '' },
            }),
          ),
          ...problems.map((problem) => waiverResult(problem, index.get(waiverRule(problem)) ?? 0, result)),
        ],
      },
    ],
  };
}

const fixesOf = ({ remediation }: Finding, changes: readonly Change[] = []): Pick<SarifResult, 'fixes'> =>
  changes.length === 0 ? {} : { fixes: [fixOf(remediation, changes)] };

/** How the run went: what was not read, what was not followed, what was left out. */
function invocationOf(result: Result, exit: ExitName | undefined, left: number): Invocation {
  const notices = noticesOf(result);
  const notifications: Notification[] = [
    ...notices.map(
      (notice): Notification => ({
        level: notice.blocks ? 'error' : 'warning',
        message: { text: short(noticeText(notice), longestMessage) },
        locations: [placeIn(notice.position ?? { file: notice.file, line: 1, column: 1 })],
      }),
    ),
    ...(result.unusedWaivers ?? []).map(
      (unused): Notification => ({ level: 'note', message: { text: short(unusedText(unused), longestMessage) } }),
    ),
    ...(left > 0
      ? [{ level: 'warning' as const, message: { text: `${left} further findings, none worse, are left out here.` } }]
      : []),
  ];
  return {
    executionSuccessful: !notices.some(({ kind }) => kind === 'not-read'),
    ...(exit === undefined ? {} : { exitCode: exitCodes[exit], exitCodeDescription: exit }),
    toolExecutionNotifications: notifications,
  };
}

function resultOf(finding: Finding, result: Result, sources?: ReadonlyMap<string, Lines>): SarifResult {
  const place = placeOf(finding, result) ?? { file: 'unknown', line: 1, column: 1 };
  const kind = finding.verdict === 'unknown' ? 'open' : 'fail';
  return {
    ruleId: finding.requirement,
    // SARIF allows a level other than `none` only on failures.
    level: kind === 'fail' ? levels[finding.severity].level : 'none',
    kind,
    message: { text: short(`${finding.resource}: ${reasonOf(finding)}. ${finding.remediation}`, longestMessage) },
    locations: [
      Object.assign(placeIn(place, finding.position ? sources : undefined), {
        logicalLocations: [{ name: finding.resource, kind: 'resource' }],
      }),
    ],
    ...(finding.waiver
      ? {
          suppressions: [
            {
              kind: 'external' as const,
              status: 'accepted' as const,
              justification: waiverText(finding.waiver),
            },
          ],
        }
      : {}),
    ...(result.accepted
      ? { baselineState: finding.toleratedBy === 'baseline-file' ? ('unchanged' as const) : ('new' as const) }
      : {}),
    properties: {
      verdict: finding.verdict,
      resourceType: finding.type,
      controls: finding.controls,
      ...(finding.toleratedBy ? { toleratedBy: finding.toleratedBy } : {}),
    },
  };
}
