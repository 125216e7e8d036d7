import type { KMSClient } from '@aws-sdk/client-kms';
import type { STSClient } from '@aws-sdk/client-sts';
import { checkFips, checkRegion, customEndpoint, type Place, type Service, usesFips } from './place.js';
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

/** What every client has in common, and the host it will call. */
export interface Settings {
  host: string;
  config: {
    region: string;
    useFipsEndpoint: boolean;
    useDualstackEndpoint: false;
    ignoreConfiguredEndpointUrls: true;
    maxAttempts: number;
    retryMode: 'standard';
    requestHandler: object;
    endpoint?: string;
  };
}

type Resolving = Pick<KMSClient, 'destroy'> & { config: { endpointProvider: KMSClient['config']['endpointProvider'] } };

/**
 * Settings of a client for one region of the boundary: the default credential chain, three attempts per call (the SDK waits
 * longer each time, by chance), and FIPS endpoints: always in `aws-us-gov`, never beside a custom endpoint (the SDK refuses
 * the two together).
 */
export async function settingsFor(
  service: Service,
  place: Place,
  Client: new (config: { region: string }) => Resolving,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Settings> {
  checkRegion(place);
  const endpoint = customEndpoint(service, place, environment);
  const host = endpoint?.host ?? hostOf(new Client({ region: place.region }), service, place);
  return {
    host,
    config: {
      region: place.region,
      useFipsEndpoint: usesFips(place, endpoint),
      useDualstackEndpoint: false,
      ignoreConfiguredEndpointUrls: true,
      maxAttempts: 3,
      retryMode: 'standard',
      requestHandler: { ...timeouts(place), httpsAgent: await wayTo(endpoint?.href ?? `https://${host}`, environment) },
      ...(endpoint ? { endpoint: endpoint.href } : {}),
    },
  };
}

/** On stderr it would speak to the SDK's developers, not to the person who probes. */
export function withoutNodeWarning(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}

/** Clients of STS and KMS for one region of the boundary. */
export async function connect(place: Place, environment: NodeJS.ProcessEnv = process.env): Promise<Clients> {
  checkRegion(place);
  for (const service of ['sts', 'kms'] as const) customEndpoint(service, place, environment);
  withoutNodeWarning();
  const sdk = await import('./sdk.js');
  const [toSts, toKms] = [
    await settingsFor('sts', place, sdk.STSClient, environment),
    await settingsFor('kms', place, sdk.KMSClient, environment),
  ];
  const clients = { sts: new sdk.STSClient(toSts.config), kms: new sdk.KMSClient(toKms.config) };
  return {
    sts: { client: clients.sts, sdk, host: toSts.host },
    kms: { client: clients.kms, sdk, host: toKms.host },
    close: () => {
      clients.sts.destroy();
      clients.kms.destroy();
    },
  };
}

/** The host the SDK resolves for a service, without a call; where FIPS is called for, the one that is known to have it. */
function hostOf(client: Resolving, service: Service, place: Place): string {
  const UseFIPS = usesFips(place, undefined);
  const { host } = client.config.endpointProvider({ Region: place.region, UseFIPS, UseDualStack: false }).url;
  client.destroy();
  if (UseFIPS) checkFips(service, host, place);
  return host;
}
