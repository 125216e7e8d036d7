import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { type Notice, noticesOf, noticeText } from '../notice.js';
import { reasonOf, waiverText } from '../said.js';
import { visible } from '../visible.js';
import { type Element, xmlDocument } from '../xml.js';

/**
 * The result as JUnit XML, as Jenkins and GitLab read it: a suite per file, a case per finding. A case that is unknown is
 * a failure, since it blocks; a waived one is skipped and says why.
 */
export function junitReport(result: Result): string {
  const notices = noticesOf(result);
  const files = new Set([
    ...result.findings.map(({ position }) => position?.file ?? ''),
    ...notices.map(({ file }) => file),
  ]);
  const suites = [...files].map((file) =>
    suite(
      file || 'Needed by the system',
      result.findings.filter((finding) => (finding.position?.file ?? '') === file),
      notices.filter((notice) => notice.file === file),
    ),
  );
  const sum = (name: 'tests' | 'failures' | 'errors'): number =>
    suites.reduce((total, each) => total + Number(each.attributes?.[name]), 0);
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'rampart', tests: sum('tests'), failures: sum('failures'), errors: sum('errors') },
    inside: suites,
  });
}

function suite(file: string, findings: readonly Finding[], notices: readonly Notice[]): Element {
  const cases = [...findings.map(findingCase), ...notices.map(noticeCase)];
  const count = (name: string): number =>
    cases.filter(({ inside }) => Array.isArray(inside) && inside[0]?.name === name).length;
  return {
    name: 'testsuite',
    attributes: {
      name: visible(file),
      tests: cases.length,
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    },
    inside: cases,
  };
}

function findingCase(finding: Finding): Element {
  const branch = finding.branch ? ` ${finding.branch}` : '';
  return {
    name: 'testcase',
    attributes: { classname: finding.requirement, name: visible(`${finding.resource}${branch}`), time: 0 },
    inside: outcome(finding),
  };
}

function outcome(finding: Finding): Element[] {
  const { verdict, waiver, position, severity, controls, remediation } = finding;
  if (verdict === 'pass') return [];
  if (verdict === 'not-applicable') return [{ name: 'skipped', attributes: { message: visible(reasonOf(finding)) } }];
  if (verdict === 'waived')
    return [{ name: 'skipped', attributes: { message: visible(waiver ? waiverText(waiver) : 'waived') } }];
  // A failure would break a build that the gate lets go ahead.
  if (finding.toleratedBy)
    return [{ name: 'skipped', attributes: { message: visible(`${verdict}: ${reasonOf(finding)}`) } }];
  const where = position ? [`${position.file}:${position.line}:${position.column}`] : [];
  const ids = controls.map(({ id }) => labelOf(id)).join(' ');
  return [
    {
      name: verdict === 'error' ? 'error' : 'failure',
      attributes: { type: verdict, message: visible(reasonOf(finding)) },
      inside: [...where, `${severity}, supports ${ids}`, remediation].map(visible).join('\n'),
    },
  ];
}

const noticeCase = (notice: Notice): Element => ({
  name: 'testcase',
  attributes: { classname: `rampart.${notice.kind}`, name: visible(notice.message), time: 0 },
  inside: [
    notice.blocks
      ? { name: 'error', attributes: { type: notice.kind, message: visible(noticeText(notice)) } }
      : { name: 'skipped', attributes: { message: visible(noticeText(notice)) } },
  ],
});
