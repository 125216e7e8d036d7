import type { Guardrail } from '../guardrail.js';
import { cfnGuard } from './cfn-guard.js';
import { configConformancePack } from './config-conformance-pack.js';
import { scp } from './scp.js';
import { validatingAdmissionPolicy } from './validating-admission-policy.js';

/** Every guardrail by the name it is asked for; the test of the registry holds it against the files of this folder. */
export const guardrails: ReadonlyMap<string, Guardrail> = new Map([
  ['cfn-guard', cfnGuard],
  ['config-conformance-pack', configConformancePack],
  ['scp', scp],
  ['validating-admission-policy', validatingAdmissionPolicy],
]);
