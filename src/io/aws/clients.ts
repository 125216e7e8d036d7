import type { KMSClient } from '@aws-sdk/client-kms';
import type { STSClient } from '@aws-sdk/client-sts';
import { checkRegion, customEndpoint, type Place } from './place.js';

/** The two SDK modules (loaded here and nowhere else, and only when a probe runs) with a client each. */
export interface Clients {
  sts: { client: STSClient; sdk: typeof import('@aws-sdk/client-sts') };
  kms: { client: KMSClient; sdk: typeof import('@aws-sdk/client-kms') };
  close(): void;
}

/** A call may take this long before it counts as failed, in milliseconds. */
const patience = { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/**
 * Clients for one region of the boundary, with the default credential chain, three attempts per call, and FIPS endpoints:
 * always in `aws-us-gov`, never beside a custom endpoint (the SDK refuses the two together).
 */
export async function connect(place: Place, environment: NodeJS.ProcessEnv = process.env): Promise<Clients> {
  checkRegion(place);
  const endpoints = { sts: customEndpoint('STS', place, environment), kms: customEndpoint('KMS', place, environment) };
  // On stderr it would speak to the SDK's developers, not to the person who probes.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const [sts, kms] = await Promise.all([import('@aws-sdk/client-sts'), import('@aws-sdk/client-kms')]);
  const settings = (endpoint: URL | undefined) => ({
    region: place.region,
    useFipsEndpoint: usesFips(place, endpoint),
    useDualstackEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    maxAttempts: 3,
    retryMode: 'standard',
    requestHandler: patience,
    ...(endpoint ? { endpoint: endpoint.href } : {}),
  });
  const clients = { sts: new sts.STSClient(settings(endpoints.sts)), kms: new kms.KMSClient(settings(endpoints.kms)) };
  return {
    sts: { client: clients.sts, sdk: sts },
    kms: { client: clients.kms, sdk: kms },
    close: () => {
      clients.sts.destroy();
      clients.kms.destroy();
    },
  };
}

export const usesFips = (place: Place, endpoint: URL | undefined): boolean =>
  endpoint === undefined && place.boundary.partition === 'aws-us-gov';
