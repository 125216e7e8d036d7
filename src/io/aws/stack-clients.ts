import type { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { settingsFor, withoutNodeWarning } from './clients.js';
import type { Place } from './place.js';

type Sdk = typeof import('./sdk-stacks.js');

/** Clients of CloudFormation and Cloud Control for one region of the boundary. */
export interface StackClients {
  cloudformation: { client: CloudFormationClient; sdk: Sdk; host: string };
  cloudcontrol: { client: CloudControlClient; sdk: Sdk; host: string };
  close(): void;
}

export async function connectToStacks(place: Place): Promise<StackClients> {
  withoutNodeWarning();
  const sdk = await import('./sdk-stacks.js');
  const toStacks = await settingsFor('cloudformation', place, sdk.CloudFormationClient);
  const toResources = await settingsFor('cloudcontrol', place, sdk.CloudControlClient);
  const stacks = new sdk.CloudFormationClient(toStacks.config);
  const resources = new sdk.CloudControlClient(toResources.config);
  return {
    cloudformation: { client: stacks, sdk, host: toStacks.host },
    cloudcontrol: { client: resources, sdk, host: toResources.host },
    close: () => {
      stacks.destroy();
      resources.destroy();
    },
  };
}
