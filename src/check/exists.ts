import type { Finding } from '#model/finding.js';
import type { Candidate } from '#model/part.js';
import type { Condition, Expectation, Requirement } from '#model/requirement.js';
import type { Manifest, Resource } from '#model/resource.js';
import { plainWorld } from '#model/value.js';
import type { Against } from './check.js';
import { contextOf, type Shared } from './context.js';
import { judgeResource } from './judge.js';

type Exists = Extract<Expectation, { exists: unknown }>;

/**
 * A resource the system needs: what is said where there is none, and what was found of those that may be the one. The candidates of
 * different manifests are judged apart from each other, so a run may be split.
 */
export interface Needed {
  /** Counted among those of one requirement. */
  ordinal: number;
  missing: Finding;
  candidates: readonly Candidate[];
}

/** Findings about resources the system needs and the manifests do not hold. */
export function judgeMissing(manifests: readonly Manifest[], against: Against, shared: Shared): Finding[] {
  const languages = manifests.map((manifest) => manifest.language);
  return neededOf(manifests, languages, against, shared).map(settle);
}

/** What the system needs of the `languages` a run has, with the candidates there are in some of its manifests. */
export function neededOf(
  manifests: readonly Manifest[],
  languages: readonly Manifest['language'][],
  against: Against,
  shared: Shared,
): Needed[] {
  const sorted = [...new Set(languages)].sort();
  return against.requirements
    .filter((requirement) => requirement.endpoints.some((kind) => against.needs.includes(kind)))
    .flatMap((requirement) =>
      needsOf(requirement, sorted, against).map((need, ordinal) => ({
        ordinal,
        ...needed(need, requirement, manifests, against, shared),
      })),
    );
}

/** One thing a requirement asks for, as each language has it. */
type Need = Map<Manifest['language'], Exists>;

/** What is asked for is there once it is in a manifest of any language. The same thing is for the same kinds of endpoint in all of them. */
function needsOf({ expect }: Requirement, languages: readonly Manifest['language'][], against: Against): Need[] {
  const needs = new Map<string, Need>();
  for (const language of languages) {
    const counts = new Map<string, number>();
    for (const expectation of expect[language] ?? []) {
      if (!('exists' in expectation && isNeeded(expectation, against))) continue;
      const kinds = [...(expectation.kinds ?? [])].sort().join(' ');
      const count = counts.get(kinds) ?? 0;
      counts.set(kinds, count + 1);
      const key = `${kinds} ${count}`;
      needs.set(key, (needs.get(key) ?? new Map()).set(language, expectation));
    }
  }
  return [...needs.values()];
}

/** The finding about something needed: the candidate that comes nearest, or that there is none. */
export function settle({ missing, candidates }: Pick<Needed, 'missing' | 'candidates'>): Finding {
  const best = better.map((verdict) => candidates.find(({ finding }) => finding.verdict === verdict)).find(Boolean);
  if (best) return best.finding;
  const least = Math.min(...candidates.map(({ lacks }) => lacks));
  const nearest = candidates.find(({ lacks }) => lacks === least)?.finding;
  if (!nearest) return missing;
  return { ...missing, reason: `${missing.reason}; the nearest, ${nearest.resource}: ${nearest.reason}` };
}

/** What is better than to fail, the best first. */
const better: readonly Finding['verdict'][] = ['pass', 'unknown', 'error'];

const isNeeded = ({ kinds }: Exists, { needs }: Against): boolean =>
  !kinds || kinds.some((kind) => needs.includes(kind));

function needed(
  need: Need,
  requirement: Requirement,
  manifests: readonly Manifest[],
  against: Against,
  shared: Shared,
): Pick<Needed, 'missing' | 'candidates'> {
  const types = (exists: Exists['exists']): readonly string[] => (typeof exists === 'string' ? [exists] : exists);
  const judge = (resource: Resource, must: Condition): Finding | undefined => {
    const each = { each: resource.type, must };
    return judgeResource(resource, requirement, [each], contextOf(shared, resource, plainWorld), 'fails');
  };
  const judged = manifests.flatMap((manifest) => {
    const { exists = [], must = {} } = need.get(manifest.language) ?? {};
    return types(exists)
      .flatMap((type) => shared.ofType(manifest, type))
      .flatMap((resource) => {
        const finding = judge(resource, must);
        return finding ? [{ resource, must, finding }] : [];
      });
  });
  const willDo = judged.some(({ finding }) => better.includes(finding.verdict));
  const lacks = (resource: Resource, must: Condition): number =>
    Object.entries(must).filter(([key, part]) => judge(resource, { [key]: part })?.verdict === 'fail').length;
  const candidates = judged.map(({ resource, must, finding }) => ({
    finding,
    lacks: willDo ? 0 : lacks(resource, must),
  }));
  const wanted = [...need.values()].flatMap(({ exists }) => types(exists));
  const missing: Finding = {
    requirement: requirement.id,
    title: requirement.title,
    severity: requirement.severity,
    controls: requirement.controls,
    resource: against.system ?? 'the system',
    type: 'system',
    verdict: 'fail',
    reason: `no ${spelled(wanted)} in the manifests is what the system needs`,
    remediation: `${requirement.remediation} What somebody else provides is stated under inherited in the system file.`,
  };
  return { missing, candidates };
}

/** The types that would do; of more than two the first stands for its like. */
const spelled = (types: readonly string[]): string =>
  types.length > 2 ? `${types[0]} or another of ${types.length} types` : types.join(' or ');
