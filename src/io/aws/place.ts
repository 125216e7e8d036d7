import { RampartError } from '#model/error.js';

/** Where to call, all of it decided before the first call. */
export interface Place {
  region: string;
  boundary: { partition: string; regions: readonly string[] };
  /** Instead of AWS's own hosts, for tests and private gateways; `AWS_ENDPOINT_URL` when absent. */
  endpoint?: string | undefined;
  /** Service id → FIPS host name with `{region}` in it, null where none is known: the boundary data. */
  fipsHosts?: Readonly<Record<string, string | null>>;
  /** Milliseconds before an attempt at a call counts as failed. */
  patience?: number | undefined;
}

/** GovCloud has FIPS endpoints and is called through them alone; of a custom endpoint nobody can say what is behind it. */
export const usesFips = ({ boundary }: Place, endpoint: URL | undefined): boolean =>
  endpoint === undefined && boundary.partition === 'aws-us-gov';

/** Services a probe calls, by their ids in the boundary data. */
export type Service = 'sts' | 'kms' | 'cloudformation' | 'cloudcontrol';

/** Refuses to call a service by a host that the boundary data does not know as its FIPS endpoint. */
export function checkFips(service: Service, host: string, { region, fipsHosts = {} }: Place): void {
  const known = Object.hasOwn(fipsHosts, service) ? fipsHosts[service] : null;
  if (known?.replaceAll('{region}', region) === host) return;
  const fault = known
    ? `The AWS SDK would call ${service} at ${host}, which is not its known FIPS endpoint.`
    : `No FIPS endpoint is known for ${service}, and GovCloud is called through FIPS endpoints only.`;
  throw new RampartError('RAMPART_NO_FIPS_ENDPOINT', fault, {
    exit: 'outside',
    next: `State the FIPS host of ${service} under services in a boundary file of your own, with source and date.`,
  });
}

/** Refuses a region outside the boundary, so that not even a question leaves it. */
export function checkRegion({ region, boundary }: Place): void {
  if (boundary.regions.includes(region)) return;
  throw outsideBoundary(`Region ${JSON.stringify(region)} is outside the boundary (${boundary.regions.join(', ')}).`);
}

/** Refuses what is no stack name or ARN, and ARNs of another partition or region; `kind` is `changeSet` for change sets. */
export function checkStack(stack: string, { region, boundary }: Place, kind: 'stack' | 'changeSet' = 'stack'): void {
  if (kind === 'stack' && /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stack)) return;
  const match = /^arn:([a-z-]+):cloudformation:([a-z0-9-]+):\d{12}:(stack|changeSet)\/[\w-]+\/[\w-]+$/.exec(stack);
  if (match?.[3] !== kind) {
    throw new RampartError('RAMPART_BAD_STACK', `${JSON.stringify(stack)} names no ${stackWords[kind]}.`, {
      exit: 'usage',
      next: kind === 'stack' ? 'Give the name or the ARN of a stack.' : 'Give the ARN of a change set.',
    });
  }
  if (match[1] === boundary.partition && match[2] === region) return;
  throw outsideBoundary(`${stack} is not in ${region} of ${boundary.partition}, the place that is probed.`);
}

const stackWords = { stack: 'stack', changeSet: 'change set' };

/**
 * Refuses what is no key id, key ARN, alias name or alias ARN, and ARNs of another partition or region than the one asked:
 * the answer about them would come from elsewhere.
 */
export function checkKey(key: string, { region, boundary }: Place): void {
  if (/^(alias\/[\w/-]{1,250}|(mrk-)?[0-9a-f-]{32,36})$/.test(key)) return;
  const match = /^arn:([a-z-]+):kms:([a-z0-9-]+):\d{12}:(key\/[\w-]+|alias\/[\w/-]+)$/.exec(key);
  if (!match) {
    throw new RampartError('RAMPART_BAD_KEY', `${JSON.stringify(key)} names no KMS key.`, {
      exit: 'usage',
      next: 'Give a key id, a key ARN, an alias (alias/name) or an alias ARN.',
    });
  }
  if (match[1] === boundary.partition && match[2] === region) return;
  throw outsideBoundary(`Key ${key} is not in ${region} of ${boundary.partition}, the place that is asked.`);
}

/**
 * The custom endpoint, if any, of one service: the one given, else `AWS_ENDPOINT_URL_<SERVICE>`, else `AWS_ENDPOINT_URL`.
 * Endpoints in the AWS profile are not followed: a file outside the project must not move the probe.
 */
export function customEndpoint(
  service: Service,
  { endpoint }: Place,
  environment: NodeJS.ProcessEnv = process.env,
): URL | undefined {
  const given = endpoint || environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || environment.AWS_ENDPOINT_URL;
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isLoopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
  if (url && isSafe && !url.username && !url.password) return url;
  throw new RampartError('RAMPART_BAD_ENDPOINT', 'The custom AWS endpoint is not an https URL without a password.', {
    exit: 'usage',
    // A session token travels in a header: plain http is for this machine only.
    next: 'Give an https:// URL, or http:// on localhost; or unset AWS_ENDPOINT_URL.',
  });
}

const outsideBoundary = (message: string): RampartError =>
  new RampartError('RAMPART_OUTSIDE_BOUNDARY', message, {
    exit: 'usage',
    next: 'Name a place inside the boundary, or change boundary.regions in rampart.yaml.',
  });
