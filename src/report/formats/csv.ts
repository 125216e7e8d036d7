import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { type Notice, noticesOf } from '../notice.js';
import { csv } from '../table-text.js';
import { visible } from '../visible.js';

const head = [
  'verdict',
  'severity',
  'requirement',
  'title',
  'controls',
  'file',
  'line',
  'column',
  'resource',
  'type',
  'reason',
  'branch',
  'remediation',
  'waived_until',
  'waiver_approver',
  'waiver_reason',
  'tolerated_by',
];

/** Every finding as a row, also those that pass; then what was not looked at, under a verdict that says so. */
export const csvReport = (result: Result): string =>
  csv([head, ...result.findings.map(findingRow), ...noticesOf(result).map(noticeRow)].map((row) => row.map(visible)));

const findingRow = ({ waiver, position, ...finding }: Finding): string[] => [
  finding.verdict,
  finding.severity,
  finding.requirement,
  finding.title,
  finding.controls.map(({ id }) => labelOf(id)).join(' '),
  position?.file ?? '',
  position ? String(position.line) : '',
  position ? String(position.column) : '',
  finding.resource,
  finding.type,
  finding.reason,
  finding.branch ?? '',
  finding.remediation,
  waiver?.expires ?? '',
  waiver?.approver ?? '',
  waiver?.reason ?? '',
  finding.toleratedBy ?? '',
];

const noticeRow = ({ kind, file, message, position, next }: Notice): string[] => [
  kind,
  '',
  '',
  '',
  '',
  file,
  position ? String(position.line) : '',
  position ? String(position.column) : '',
  '',
  '',
  message,
  '',
  next ?? '',
  '',
  '',
  '',
  '',
];
