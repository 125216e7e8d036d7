import { acceleratorsOf } from '#model/accelerator.js';
import type { BoundaryData } from '#model/base.js';
import type { Plan } from '#model/plan.js';

/** What a plan rests on although there is reason to doubt it: said each time the plan is used. */
export function cautionsOf({ endpoints }: Plan, data: BoundaryData): string[] {
  return endpoints.flatMap(({ endpoint }) => {
    if (endpoint.kind !== 'eks-vllm' || acceleratorsOf(endpoint.instanceType, data)?.device !== 'neuron') return [];
    const family = endpoint.instanceType.replace(/\..*/, '');
    const seen = data.families?.find(({ ids }) => ids.includes(family));
    const told = seen ? ` (${seen.source}, ${seen.date})` : '';
    return [
      `Caution: ${endpoint.name}: GovCloud is not seen to have instances of family ${family}${told}, and there is no node image for Neuron with validated cryptography. Both were acknowledged in the system file.`,
    ];
  });
}
