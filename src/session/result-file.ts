import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { severities } from '#model/severity.js';
import { verdicts } from '#model/verdict.js';

/** The result of `check --format json` that a text holds; undefined when it is none. */
export function resultOf(text: string): Result | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  let data: Result;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isResult =
    data?.tool?.name === 'rampart' &&
    [data.baseline, data.controlData].every(isText) &&
    isText(data.boundary?.partition) &&
    Array.isArray(data.boundary.regions) &&
    Array.isArray(data.files) &&
    data.files.every((each) => isText(each?.file) && isText(each.status)) &&
    Array.isArray(data.findings) &&
    data.findings.every(isFinding);
  return isResult ? data : undefined;
}

const isText = (value: unknown): boolean => typeof value === 'string';

const isFinding = (each: Finding): boolean =>
  [each?.requirement, each?.resource, each?.type, each?.reason].every(isText) &&
  verdicts.includes(each.verdict) &&
  severities.includes(each.severity) &&
  Array.isArray(each.controls) &&
  each.controls.every((control) => isText(control?.id)) &&
  (each.position === undefined || isText(each.position?.file));
