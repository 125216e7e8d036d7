import { checkStacks } from '#io/aws/observe-stacks.js';
import { checkKey, checkRegion } from '#io/aws/place.js';
import { readAccount } from '#io/environment.js';
import { type AskedRegion, type Policy, permissions } from '#live/permissions.js';
import type { Plan } from '#model/plan.js';

/** The IAM policy for a probe of these, without any call. What a probe would refuse to ask, it refuses to allow. */
export function probePermissions(plan: Plan, regions: readonly AskedRegion[]): Policy {
  const { boundary } = plan.system;
  for (const { region, keys, stacks = [], changeSets = [] } of regions) {
    checkRegion({ region, boundary });
    for (const key of keys) checkKey(key, { region, boundary });
    checkStacks({ region, boundary, stacks, changeSets });
  }
  return permissions({ partition: boundary.partition, account: readAccount(boundary.account), regions });
}
