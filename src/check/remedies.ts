import type { Finding } from '#model/finding.js';
import type { Remedy } from '#model/fix.js';
import type { Manifest, Resource } from '#model/resource.js';
import { plainWorld } from '#model/value.js';
import { type Against, sharedOf } from './check.js';
import { contextOf, type Shared } from './context.js';
import { wantedOf } from './fix-value.js';

/** Which finding a remedy is for; one requirement speaks once of a resource. */
export const keyOf = (file: string, { requirement, resource }: { requirement: string; resource: string }): string =>
  JSON.stringify([file, requirement, resource]);

/** File → what would make its failures go away, of those for which that is one value. */
export function remediesOf(
  manifests: readonly Manifest[],
  against: Against,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Remedy[]> {
  const failed = failedAt(findings);
  const shared = sharedOf(manifests, against);
  const remedies = new Map<string, Remedy[]>();
  for (const manifest of manifests) {
    if (manifest.language !== 'cloudformation' && manifest.language !== 'kubernetes') continue;
    const found = manifest.resources.flatMap((resource) => {
      const here = failed.get(placeOf(manifest.file, resource.address));
      return here ? remediesFor(resource, against, here, shared) : [];
    });
    if (found.length > 0) remedies.set(manifest.file, [...(remedies.get(manifest.file) ?? []), ...found]);
  }
  return remedies;
}

const placeOf = (file: string, address: string): string => JSON.stringify([file, address]);

/** Resource → ids of the requirements it fails. */
function failedAt(findings: readonly Finding[]): ReadonlyMap<string, ReadonlySet<string>> {
  const failed = new Map<string, Set<string>>();
  for (const { verdict, position, resource, requirement } of findings) {
    if (verdict !== 'fail' || position === undefined) continue;
    const place = placeOf(position.file, resource);
    failed.set(place, (failed.get(place) ?? new Set()).add(requirement));
  }
  return failed;
}

const remediesFor = (resource: Resource, against: Against, failed: ReadonlySet<string>, shared: Shared): Remedy[] =>
  against.requirements.flatMap((requirement) => {
    if (!failed.has(requirement.id)) return [];
    const wanted = wantedOf(resource, requirement, contextOf(shared, resource, plainWorld));
    if (typeof wanted === 'string') return [];
    return [{ requirement: requirement.id, resource: resource.address, type: resource.type, wanted }];
  });
