/** One live fact: which call was made, when, and a projection of the answer that keeps no secret. */
export interface Observation {
  /** Kind of probe, e.g. `sts-identity`, `kms-key`. */
  probe: string;
  service: string;
  call: string;
  /** What was asked about: a key ARN, an alias, the caller. */
  subject: string;
  /** Region that was asked. */
  region?: string;
  /** ISO 8601 in UTC. */
  time: string;
  requestId?: string;
  /** `denied`, `missing` and `failed` make findings `unknown`. */
  outcome: 'answered' | 'denied' | 'missing' | 'failed';
  /** For outcomes other than `answered`: what happened and the permission or input that would settle it. */
  detail?: string;
  answer: Readonly<Record<string, unknown>>;
}
