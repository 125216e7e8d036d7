import type { BoundaryData } from '#model/base.js';
import type { Endpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { eksNames } from '../eks-names.js';

/** What the templates of a workload see. Values users wrote go through a helper; the rest is made here. */
export function contextOf(endpoint: Endpoint, plan: Plan, boundary: BoundaryData): Record<string, unknown> {
  const { system } = plan;
  if (endpoint.kind !== 'eks-vllm') throw new Error(`${endpoint.kind} endpoints run on no cluster`);
  const { network } = system;
  return {
    system: { id: system.id, name: system.name },
    endpoint,
    baseline: plan.baseline,
    network: { cidr: 'create' in network ? network.create.cidr : network.existing.cidr },
    kept: endpoint.instances - 1,
    ...eksNames(endpoint, system, boundary),
  };
}
