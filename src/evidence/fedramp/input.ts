import type { Baseline } from '#model/baseline.js';
import type { Certification, CertificationType } from '#model/certification.js';
import type { Control } from '#model/control.js';
import type { FedrampRules, JudgedIndicator } from '#model/fedramp-rules.js';
import type { Plan } from '#model/plan.js';
import type { Assessment } from '../oscal/assessment.js';
import type { Present } from './changes.js';
import type { Earlier } from './earlier.js';
import type { Cited } from './urn.js';

/** What FedRAMP's documents are made from. */
export interface FedrampInput {
  assessment: Assessment;
  plan: Plan;
  baseline: Baseline;
  /** Those of the class the baseline is for. */
  indicators: readonly JudgedIndicator[];
  controls: readonly Control[];
  rules: Pick<FedrampRules, 'rules' | 'answers'>;
  /** The type of certification the baseline can only be for. */
  type?: CertificationType;
  /** Members of the bundle that are cited. */
  cited: { findings: Cited; observations: Cited; assessmentResults: Cited | undefined; manifests: readonly Cited[] };
  present: Present;
  /** Endpoint → who made its model, and who says so, where that is on record. */
  makers?: ReadonlyMap<string, string>;
  earlier?: Earlier;
}

export const certificationIn = ({ plan }: Pick<FedrampInput, 'plan'>): Certification => plan.system.certification ?? {};

/** `2026-11-20` */
export const dayOf = ({ assessment }: FedrampInput): string => assessment.input.time.slice(0, 10);

/** The type of certification: what people state, else what the baseline can only be for. */
export const typeOf = (input: FedrampInput): CertificationType | undefined =>
  certificationIn(input).certificationType ?? input.type;
