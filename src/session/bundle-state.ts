import type { BundleState } from '#evidence/fedramp/earlier.js';
import { type BundleFile, sha256 } from '#evidence/index.js';
import type { Plan } from '#model/plan.js';

/** What of a bundle is compared with a later one besides its findings. */
export const bundleState = (
  { system, endpoints }: Plan,
  controlData: string,
  toolVersion: string,
  manifests: readonly (BundleFile | { path: string; sha256: string })[],
): BundleState => ({
  manifests: sorted(manifests.map((each) => [each.path, 'sha256' in each ? each.sha256 : sha256(each.bytes)])),
  endpoints: sorted(endpoints.map(({ endpoint }) => [String(endpoint.name), String(endpoint.kind)])),
  regions: system.boundary.regions.map(String).sort(),
  controlData,
  toolVersion,
});

const sorted = (entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
