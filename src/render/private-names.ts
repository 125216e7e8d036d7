import type { Endpoint, EndpointKind } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';

/** The service whose usual host name the private endpoint of a kind answers for, in the network callers are in. */
const answersFor: Partial<Record<EndpointKind, string>> = {
  bedrock: 'bedrock-runtime',
  'bedrock-mantle': 'bedrock-mantle',
  sagemaker: 'sagemaker.runtime',
  'azure-openai': 'privatelink.openai.azure.us',
};

/**
 * Throws RAMPART_PRIVATE_NAME_TAKEN where two endpoints would each answer for the same service in one existing network: by an interface
 * endpoint on AWS, by a private zone on Azure. Each lets only one of them do so, so the second deployment would fail halfway.
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
    const why =
      endpoint.kind === 'azure-openai'
        ? 'Azure links a virtual network to one private zone of a name'
        : 'AWS refuses a second interface endpoint with private DNS for a service in a VPC';
    throw new RampartError(
      'RAMPART_PRIVATE_NAME_TAKEN',
      `${taken.name} and ${endpoint.name} would both answer for ${service} in ${vpc}: ${why}`,
      {
        exit: 'input',
        next: `Give ${endpoint.name} a network of its own in the system file (network: under the endpoint), to create or existing.`,
      },
    );
  }
}
