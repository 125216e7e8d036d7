import type { Endpoint, EndpointKind } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';

/** The service whose usual host name the private endpoint of a kind answers for, in the network callers are in. */
const answersFor: Partial<Record<EndpointKind, string>> = {
  bedrock: 'bedrock-runtime',
  'bedrock-mantle': 'bedrock-mantle',
  sagemaker: 'sagemaker.runtime',
};

/**
 * Throws RAMPART_PRIVATE_NAME_TAKEN where two endpoints would each put an interface endpoint of the same service into one existing
 * VPC: AWS lets only one of them answer for the service's name, so the second deployment would fail halfway.
 */
export function refuseTakenNames({ system, endpoints }: Plan): void {
  const first = new Map<string, Endpoint>();
  for (const { endpoint } of endpoints) {
    const network = endpoint.network ?? system.network;
    const service = answersFor[endpoint.kind];
    if (service === undefined || !('existing' in network)) continue;
    const { vpc } = network.existing;
    const taken = first.get(`${service} ${vpc}`);
    if (!taken) {
      first.set(`${service} ${vpc}`, endpoint);
      continue;
    }
    throw new RampartError(
      'RAMPART_PRIVATE_NAME_TAKEN',
      `${taken.name} and ${endpoint.name} would both answer for ${service} in ${vpc}: AWS refuses a second interface endpoint with private DNS for a service in a VPC`,
      {
        exit: 'input',
        next: `Give ${endpoint.name} a network of its own in the system file (network: under the endpoint), to create or existing.`,
      },
    );
  }
}
