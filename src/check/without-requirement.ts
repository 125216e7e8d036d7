import type { Expectation, Requirement } from '#model/requirement.js';
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
  const named = new Map<Manifest['language'], Named>();
  const counts = new Map<string, number>();
  for (const { language, resources } of withHeld(given)) {
    const types = named.get(language) ?? new Named(requirements, language);
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

/** The types requirements name, of which relations are looked through only when a type stands nowhere else: that takes longer. */
class Named {
  private readonly judged = new Set<string>();
  private related: ReadonlySet<string> | undefined;

  constructor(
    private readonly requirements: readonly Requirement[],
    private readonly language: Manifest['language'],
  ) {
    for (const expectation of this.expectations()) {
      for (const type of [('each' in expectation ? expectation.each : expectation.exists) as string | string[]].flat())
        this.judged.add(typeKey(type));
    }
  }

  has(type: string): boolean {
    if (this.judged.has(type)) return true;
    this.related ??= typesRelated(this.expectations());
    return this.related.has(type);
  }

  private expectations(): readonly Expectation[] {
    return this.requirements.flatMap(({ expect }) => expect[this.language] ?? []);
  }
}

function typesRelated(parts: readonly unknown[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const part of parts) enterRelated(part, types);
  return types;
}

/** The types of relations, wherever in a requirement they stand. Most of what requirements hold is lists of words. */
function enterRelated(part: unknown, types: Set<string>): void {
  if (Array.isArray(part)) {
    for (const item of part) if (typeof item === 'object') enterRelated(item, types);
    return;
  }
  for (const key in part as object) {
    const inner = (part as Record<string, unknown>)[key];
    if (typeof inner !== 'object') continue;
    if (key === 'related' || key === 'no-related')
      for (const relation of [inner].flat())
        for (const type of [(relation as { type?: string | string[] } | null)?.type ?? []].flat())
          types.add(typeKey(type));
    enterRelated(inner, types);
  }
}
