import type { KMSClient } from '@aws-sdk/client-kms';
import type { STSClient } from '@aws-sdk/client-sts';
import { checkFips, checkRegion, customEndpoint, type Place, usesFips } from './place.js';
import { wayTo } from './way.js';

type Sdk = typeof import('./sdk.js');

/** A client for each service, the host it calls, and the commands of the SDK, which is loaded here and nowhere else. */
export interface Clients {
  sts: { client: STSClient; sdk: Sdk; host: string };
  kms: { client: KMSClient; sdk: Sdk; host: string };
  close(): void;
}

/** An attempt may take this long before it counts as failed, in milliseconds. */
const timeouts = ({ patience = 15_000 }: Place) => ({
  connectionTimeout: Math.min(patience, 5_000),
  requestTimeout: patience,
  throwOnRequestTimeout: true,
});

/**
 * Clients for one region of the boundary, with the default credential chain, three attempts per call (the SDK waits longer each
 * time, by chance), and FIPS endpoints: always in `aws-us-gov`, never beside a custom endpoint (the SDK refuses the two
 * together).
 */
export async function connect(place: Place, environment: NodeJS.ProcessEnv = process.env): Promise<Clients> {
  checkRegion(place);
  const endpoints = { sts: customEndpoint('STS', place, environment), kms: customEndpoint('KMS', place, environment) };
  // On stderr it would speak to the SDK's developers, not to the person who probes.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sdk = await import('./sdk.js');
  const settings = async (endpoint: URL | undefined, host: string) => ({
    region: place.region,
    useFipsEndpoint: usesFips(place, endpoint),
    useDualstackEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    maxAttempts: 3,
    retryMode: 'standard',
    requestHandler: { ...timeouts(place), httpsAgent: await wayTo(endpoint?.href ?? `https://${host}`, environment) },
    ...(endpoint ? { endpoint: endpoint.href } : {}),
  });
  const stsHost = endpoints.sts?.host ?? hostOf(new sdk.STSClient({ region: place.region }), 'sts', place);
  const kmsHost = endpoints.kms?.host ?? hostOf(new sdk.KMSClient({ region: place.region }), 'kms', place);
  const clients = {
    sts: new sdk.STSClient(await settings(endpoints.sts, stsHost)),
    kms: new sdk.KMSClient(await settings(endpoints.kms, kmsHost)),
  };
  return {
    sts: { client: clients.sts, sdk, host: stsHost },
    kms: { client: clients.kms, sdk, host: kmsHost },
    close: () => {
      clients.sts.destroy();
      clients.kms.destroy();
    },
  };
}

/** The host the SDK resolves for a service, without a call; where FIPS is called for, the one that is known to have it. */
function hostOf(client: STSClient | KMSClient, service: 'sts' | 'kms', place: Place): string {
  const UseFIPS = usesFips(place, undefined);
  const { host } = client.config.endpointProvider({ Region: place.region, UseFIPS, UseDualStack: false }).url;
  client.destroy();
  if (UseFIPS) checkFips(service, host, place);
  return host;
}
