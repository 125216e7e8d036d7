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
  const failed = new Set(
    findings
      .filter(({ verdict, position }) => verdict === 'fail' && position !== undefined)
      .map((finding) => keyOf(finding.position?.file ?? '', finding)),
  );
  const shared = contextOf(manifests, against);
  const remedies = new Map<string, Remedy[]>();
  for (const manifest of manifests) {
    if (manifest.language !== 'cloudformation' && manifest.language !== 'kubernetes') continue;
    for (const resource of manifest.resources) {
      for (const requirement of against.requirements) {
        const name = { requirement: requirement.id, resource: resource.address };
        if (!failed.has(keyOf(manifest.file, name))) continue;
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
