import type { Finding } from '#model/finding.js';
import type { Remedy } from '#model/fix.js';
import type { Manifest } from '#model/resource.js';
import { plainWorld } from '#model/value.js';
import { type Against, contextOf } from './check.js';
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
  const failed = failedBy(findings);
  const shared = contextOf(manifests, against);
  const remedies = new Map<string, Remedy[]>();
  for (const manifest of manifests) {
    if (!isMendable(manifest)) continue;
    for (const resource of manifest.resources) {
      const here = failed.get(JSON.stringify([manifest.file, resource.address]));
      if (!here) continue;
      for (const requirement of against.requirements) {
        if (!here.has(requirement.id)) continue;
        const name = { requirement: requirement.id, resource: resource.address };
        const wanted = wantedOf(resource, requirement, { ...shared, world: plainWorld, resource });
        if (typeof wanted === 'string') continue;
        const list = remedies.get(manifest.file) ?? [];
        remedies.set(manifest.file, list);
        list.push({ ...name, type: resource.type, wanted });
      }
    }
  }
  return remedies;
}

const isMendable = ({ language }: Manifest): boolean => language === 'cloudformation' || language === 'kubernetes';

/** Resource, by file and address, → the requirements it fails. */
function failedBy(findings: readonly Finding[]): ReadonlyMap<string, ReadonlySet<string>> {
  const failed = new Map<string, Set<string>>();
  for (const { verdict, position, resource, requirement } of findings) {
    if (verdict !== 'fail' || position === undefined) continue;
    const place = JSON.stringify([position.file, resource]);
    const known = failed.get(place);
    if (known) known.add(requirement);
    else failed.set(place, new Set([requirement]));
  }
  return failed;
}
