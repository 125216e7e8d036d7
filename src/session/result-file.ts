import type { Finding } from '#model/finding.js';
import { type Result, resultSchemaVersion, summarize } from '#model/result.js';
import { severities } from '#model/severity.js';
import { verdicts } from '#model/verdict.js';

/** What the findings of one requirement have in common, nearly always. */
type Common = Pick<Finding, 'title' | 'severity' | 'controls' | 'remediation'>;

/**
 * A result as a bundle holds it: what `check --format json` prints, save that what the findings of a requirement have in common
 * stands once, under `requirements`. A finding says only what is its own: of thousands, two thirds would be said over and over,
 * and every byte is hashed twice whenever the bundle is verified.
 */
export function heldResult(result: Result): object {
  const requirements = new Map<string, Common>();
  const findings = result.findings.map(({ title, severity, controls, remediation, ...own }) => {
    const said = { title, severity, controls, remediation };
    const common = requirements.get(own.requirement);
    if (common === undefined) {
      requirements.set(own.requirement, said);
      return own;
    }
    return { ...own, ...differing(said, common) };
  });
  return {
    schemaVersion: resultSchemaVersion,
    ...result,
    requirements: Object.fromEntries([...requirements].sort(([left], [right]) => (left < right ? -1 : 1))),
    findings,
    summary: summarize(result.findings),
  };
}

function differing(said: Common, common: Common): Partial<Common> {
  return {
    ...(said.title === common.title ? {} : { title: said.title }),
    ...(said.severity === common.severity ? {} : { severity: said.severity }),
    ...(sameControls(said.controls, common.controls) ? {} : { controls: said.controls }),
    ...(said.remediation === common.remediation ? {} : { remediation: said.remediation }),
  };
}

// Findings of one run share the list of their requirement.
const sameControls = (left: Finding['controls'], right: Finding['controls']): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right);

/** The result that the bytes of a bundle's member hold; undefined when they hold none. */
export function resultIn(bytes: Uint8Array): Result | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  return resultOf(text);
}

/** The result that a text holds, as `check --format json` prints it or as a bundle holds it; undefined when it is none. */
export function resultOf(text: string): Result | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  let data: Result & { requirements?: unknown };
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
    Array.isArray(data.findings);
  if (!isResult) return undefined;
  const { requirements, ...result } = data;
  const whole = isTable(requirements) ? { ...result, findings: withCommon(result.findings, requirements) } : result;
  return whole.findings.every(isFinding) ? whole : undefined;
}

function withCommon(findings: readonly Finding[], requirements: Readonly<Record<string, Common>>): Finding[] {
  return findings.map((own) => {
    const common = Object.hasOwn(requirements, own?.requirement) ? requirements[own.requirement] : undefined;
    return { ...common, ...own };
  });
}

const isTable = (value: unknown): value is Readonly<Record<string, Common>> =>
  typeof value === 'object' && value !== null;

const isText = (value: unknown): boolean => typeof value === 'string';

const isFinding = (each: Finding): boolean =>
  [each?.requirement, each?.title, each?.resource, each?.type, each?.reason, each?.remediation].every(isText) &&
  verdicts.includes(each.verdict) &&
  severities.includes(each.severity) &&
  Array.isArray(each.controls) &&
  each.controls.every((control) => isText(control?.id)) &&
  (each.position === undefined || isText(each.position?.file));
