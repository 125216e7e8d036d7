import { checkKey, checkRegion } from '#io/aws/place.js';
import { readAccount } from '#io/environment.js';
import { type Policy, permissions } from '#live/permissions.js';
import type { Plan } from '#model/plan.js';

/** The IAM policy for a probe of these keys, without any call. What a probe would refuse to ask, it refuses to allow. */
export function probePermissions(plan: Plan, region: string, keys: readonly string[]): Policy {
  const { boundary } = plan.system;
  checkRegion({ region, boundary });
  for (const key of keys) checkKey(key, { region, boundary });
  return permissions({ partition: boundary.partition, region, account: readAccount(boundary.account), keys });
}
