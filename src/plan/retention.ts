import type { RetentionProfile } from '#model/retention-profile.js';
import type { SettingDemand } from '#model/setting.js';

/**
 * The value a demand has under a chosen profile: its days, or the next larger number a service accepts. Undefined where the
 * profile does not say, or where no service value is large enough, so that the demand keeps its own.
 */
export function profileValue({ profile, allowed }: SettingDemand, chosen: RetentionProfile): number | undefined {
  const days = profile && chosen[profile.days];
  if (days === undefined || !allowed) return days;
  const enough = allowed.filter((each): each is number => typeof each === 'number' && each >= days);
  return enough.length > 0 ? Math.min(...enough) : undefined;
}
