import type { Finding } from '#model/finding.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import type { Manifest, Resource } from '#model/resource.js';
import { plainWorld } from '#model/value.js';
import type { Against } from './check.js';
import type { Context } from './context.js';
import { judgeResource } from './judge.js';

type Exists = Extract<Expectation, { exists: unknown }>;

/** Findings about resources the system needs and the manifests do not hold. */
export function judgeMissing(
  manifests: readonly Manifest[],
  against: Against,
  shared: Omit<Context, 'world' | 'resource'>,
): Finding[] {
  const languages = [...new Set(manifests.map((manifest) => manifest.language))].sort();
  return against.requirements
    .filter((requirement) => requirement.endpoints.some((kind) => against.needs.includes(kind)))
    .flatMap((requirement) =>
      languages.flatMap((language) =>
        (requirement.expect[language] ?? [])
          .filter((expectation): expectation is Exists => 'exists' in expectation && isNeeded(expectation, against))
          .map((expectation) => {
            const here = manifests.filter((manifest) => manifest.language === language);
            return judgeExists(expectation, requirement, here, against, shared);
          }),
      ),
    );
}

const isNeeded = ({ kinds }: Exists, { needs }: Against): boolean =>
  !kinds || kinds.some((kind) => needs.includes(kind));

function judgeExists(
  expectation: Exists,
  requirement: Requirement,
  manifests: readonly Manifest[],
  against: Against,
  shared: Omit<Context, 'world' | 'resource'>,
): Finding {
  const types = typeof expectation.exists === 'string' ? [expectation.exists] : expectation.exists;
  const candidates = manifests.flatMap((manifest) => types.flatMap((type) => shared.ofType(manifest, type)));
  const findings = candidates
    .map((resource) => judgeCandidate(resource, expectation, requirement, shared))
    .filter((finding) => finding !== undefined);
  const best =
    findings.find((finding) => finding.verdict === 'pass') ??
    findings.find((finding) => finding.verdict === 'unknown') ??
    findings.find((finding) => finding.verdict === 'error');
  if (best) return best;
  const wanted = types.join(' or ');
  return {
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource: against.system ?? 'the system',
    type: 'system',
    verdict: 'fail',
    reason: findings[0]
      ? `no ${wanted} is what the system needs; the nearest, ${findings[0].resource}: ${findings[0].reason}`
      : `no ${wanted} in the manifests is what the system needs`,
    remediation: requirement.remediation,
  };
}

function judgeCandidate(
  resource: Resource,
  expectation: Exists,
  requirement: Requirement,
  shared: Omit<Context, 'world' | 'resource'>,
): Finding | undefined {
  const each = { each: resource.type, must: expectation.must ?? {} };
  return judgeResource(resource, requirement, [each], { ...shared, world: plainWorld, resource }, 'fails');
}
