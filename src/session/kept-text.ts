import { redactedPlan } from '#manifest/terraform/redact.js';
import type { Lines } from '#model/position.js';

/**
 * The text that is sealed of a manifest: what was judged, without the values of Kubernetes Secrets and those a plan repeats of what
 * Terraform marks as sensitive.
 */
export const keptText = ({ text }: Pick<Lines, 'text'>, isPlan: boolean): string =>
  isPlan ? redactedPlan(text) : text;
