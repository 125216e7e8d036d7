import type { Requirement } from '#model/requirement.js';
import { type Manifest, withHeld } from '#model/resource.js';
import { typeKey } from './type.js';

/**
 * How many resources there are of each type that no requirement names: neither to judge it, nor to need it, nor as something that
 * points to what it judges; those that say something of what is judged are left out too. Nothing is found of them but what is asked
 * of every resource, so a run without findings says little of them.
 */
export function withoutRequirement(
  given: readonly Manifest[],
  requirements: readonly Requirement[],
): Record<string, number> {
  const named = new Map<Manifest['language'], ReadonlySet<string>>();
  const counts = new Map<string, number>();
  for (const { language, resources } of withHeld(given)) {
    const types = named.get(language) ?? typesNamed(requirements, language);
    named.set(language, types);
    // Pods and containers are judged in place of the object that makes them.
    const wholes = new Set<string>();
    for (const { type, partOf } of resources) if (partOf !== undefined && types.has(typeKey(type))) wholes.add(partOf);
    for (const resource of resources) {
      if (resource.partOf !== undefined || resource.saysOfOthers || types.has(typeKey(resource.type))) continue;
      if (wholes.size > 0 && wholes.has(resource.address)) continue;
      counts.set(resource.type, (counts.get(resource.type) ?? 0) + 1);
    }
  }
  return sorted(counts);
}

/** What several shares of a run count together. */
export function added(shares: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const [type, count] of shares.flatMap((share) => Object.entries(share)))
    counts.set(type, (counts.get(type) ?? 0) + count);
  return sorted(counts);
}

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));

function typesNamed(requirements: readonly Requirement[], language: Manifest['language']): ReadonlySet<string> {
  const types = new Set<string>();
  for (const requirement of requirements) {
    for (const expectation of requirement.expect[language] ?? []) {
      for (const type of [('each' in expectation ? expectation.each : expectation.exists) as string | string[]].flat())
        types.add(typeKey(type));
      enterRelated(expectation, types);
    }
  }
  return types;
}

/** The types of relations, wherever in a requirement they stand. */
function enterRelated(part: unknown, types: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, inner] of Object.entries(part)) {
    if (key === 'related' || key === 'no-related')
      for (const relation of [inner].flat())
        for (const type of [(relation as { type?: string | string[] }).type ?? []].flat()) types.add(typeKey(type));
    enterRelated(inner, types);
  }
}
