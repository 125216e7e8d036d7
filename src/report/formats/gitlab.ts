import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import type { Severity } from '#model/severity.js';
import { fingerprints, sha256 } from '../fingerprint.js';
import { jsonText } from '../json-text.js';
import { noticesOf, noticeText } from '../notice.js';
import { pathOf, placeOf, reasonOf, shownOf, waiverText } from '../said.js';
import { short } from '../visible.js';

const severities: Record<Severity, string> = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor' };

const longest = 2000;

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
}

/** The result as a GitLab Code Quality report. It knows no accepted deviation: a waived finding is an `info` that says so. */
export function gitlabReport(result: Result): string {
  const shown = shownOf(result);
  const names = fingerprints(shown);
  const issues: Issue[] = shown.map((finding) => {
    const { file, line } = placeOf(finding, result) ?? { file: 'unknown', line: 1 };
    return {
      description: `${short(describe(finding), longest)}${controlsOf(finding)}`,
      check_name: finding.requirement,
      fingerprint: names.get(finding) ?? '',
      severity: finding.verdict === 'waived' ? 'info' : severities[finding.severity],
      location: { path: pathOf(file), lines: { begin: line } },
    };
  });
  const notices = noticesOf(result).map(
    (notice, at): Issue => ({
      description: short(noticeText(notice), longest),
      check_name: notice.kind,
      fingerprint: sha256(JSON.stringify([notice.kind, notice.file, notice.message, at])),
      severity: notice.blocks ? 'blocker' : 'info',
      location: { path: pathOf(notice.file), lines: { begin: notice.position?.line ?? 1 } },
    }),
  );
  return jsonText([...issues, ...notices]);
}

/** GitLab shows nothing but the description, so what the finding is for stands there. */
const controlsOf = ({ controls }: Finding): string =>
  controls.length === 0 ? '' : ` (${controls.map(({ id }) => labelOf(id)).join(', ')})`;

function describe(finding: Finding): string {
  const said = `${finding.resource}: ${reasonOf(finding)}.`;
  if (finding.verdict === 'waived' && finding.waiver) return `${said} ${waiverText(finding.waiver)}`;
  return `${finding.verdict === 'unknown' ? 'Unknown, so not passed: ' : ''}${said} ${finding.remediation}`;
}
