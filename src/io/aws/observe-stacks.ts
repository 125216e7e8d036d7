import type { Observation } from '#model/observation.js';
import { answeredAt } from './observe.js';
import { checkRegion, checkStack, type Place } from './place.js';
import { pool } from './pool.js';
import { type Keep, observeResource } from './resource.js';
import { observeChangeSet, observeStack, type StackResource, type StackSeen } from './stack.js';
import { connectToStacks } from './stack-clients.js';

export interface StacksRequest extends Place {
  stacks: readonly string[];
  changeSets: readonly string[];
  now: () => Date;
  progress?: (done: number, all: number, region: string) => void;
}

/** How resources of stacks are read: which of them, and what of their properties is kept. */
export interface Deep {
  wants(resource: StackResource): boolean;
  keep: (seen: StackSeen) => Keep;
}

/** A stack with the observations of its resources. */
export interface DeepSeen extends StackSeen {
  deep: readonly Observation[];
  /** Types of resources that were not asked about. */
  notLookedAt: readonly string[];
}

/** Refuses what a request must not ask, before any call. */
export function checkStacks(request: Pick<StacksRequest, 'region' | 'boundary' | 'stacks' | 'changeSets'>): void {
  checkRegion(request);
  for (const stack of request.stacks) checkStack(stack, request);
  for (const changeSet of request.changeSets) checkStack(changeSet, request, 'changeSet');
}

/** Resources asked about at the same time; Cloud Control throttles sooner than KMS does. */
const width = 4;

/** What one region says of stacks and change sets, by reading calls only. */
export async function observeStacks(request: StacksRequest, deep?: Deep): Promise<readonly DeepSeen[]> {
  checkStacks(request);
  const clients = await connectToStacks(request);
  const { now, region, progress } = request;
  const placed = (observation: Observation): Observation => {
    const service = observation.service === 'cloudcontrol' ? 'cloudcontrol' : 'cloudformation';
    return answeredAt(observation, service, clients[service].host, request);
  };
  try {
    const seen: DeepSeen[] = [];
    for (const stack of request.stacks) {
      const one = await observeStack(clients, stack, now());
      const wanted = deep ? one.resources.filter((resource) => deep.wants(resource)) : [];
      const name = String(one.observation.answer.name ?? stack);
      const keep = deep?.keep(one);
      let done = 0;
      const read = await pool(wanted, width, async (resource) => {
        const observation = await observeResource(clients, name, resource, now(), keep as Keep);
        done += 1;
        progress?.(done, wanted.length, region);
        return placed(observation);
      });
      const passedOver = deep ? one.resources.filter((resource) => !wanted.includes(resource)) : [];
      seen.push({
        ...one,
        observation: placed(one.observation),
        deep: read.sort((a, b) => (a.subject < b.subject ? -1 : 1)),
        notLookedAt: [...new Set(passedOver.map(({ type }) => type))].sort(),
      });
    }
    for (const changeSet of request.changeSets) {
      const one = await observeChangeSet(clients, changeSet, now());
      seen.push({ ...one, observation: placed(one.observation), deep: [], notLookedAt: [] });
    }
    return seen;
  } finally {
    clients.close();
  }
}
