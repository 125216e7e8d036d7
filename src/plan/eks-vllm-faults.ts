import { acceleratorsOf } from '#model/accelerator.js';
import type { BoundaryData } from '#model/base.js';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import { familyFault } from './family-fault.js';
import { show } from './show.js';

/** What a well-formed vLLM endpoint says that cannot be deployed, by field. */
export function eksVllmFaults(endpoint: EksVllmEndpoint, data: BoundaryData): { field: string; message: string }[] {
  const faults: { field: string; message: string }[] = [];
  const complain = (field: string, message: string) => faults.push({ field, message });
  const type = acceleratorsOf(endpoint.instanceType, data);
  const missing = familyFault(endpoint, data);
  if (missing !== undefined) complain('instanceType', missing);
  else if (!type) {
    complain(
      'instanceType',
      `what accelerators ${show(endpoint.instanceType)} has is not known, so neither is how the model is split. Known: ${known(data)}. State it with source and date under accelerators of a boundary file (--boundary, or boundary.data).`,
    );
  }
  const isNeuron = type?.device === 'neuron';
  if (isNeuron && !endpoint.acknowledge) {
    complain(
      'instanceType',
      `${show(endpoint.instanceType)} has Inferentia or Trainium, which GovCloud is not seen to have, and no node image with validated cryptography. If you know better, say acknowledge: [neuron-not-seen-in-govcloud].`,
    );
  }
  if (type && !isNeuron && endpoint.acknowledge)
    complain('acknowledge', `${show(endpoint.instanceType)} has GPUs by NVIDIA: there is nothing to acknowledge.`);
  for (const [name, image] of Object.entries(endpoint.images)) {
    const from = /\.dkr\.ecr\.([a-z0-9-]+)\./.exec(image)?.[1];
    if (from !== endpoint.region)
      complain(
        'images',
        `the image ${name} is in ${from}, but the cluster reaches the registry of its own region only, ${endpoint.region}.`,
      );
  }
  return faults;
}

const known = ({ accelerators = [] }: BoundaryData): string =>
  [...new Set(accelerators.filter(({ device }) => device === 'nvidia').flatMap(({ ids }) => ids))].sort().join(', ');
