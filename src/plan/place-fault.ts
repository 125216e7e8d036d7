import type { PlanningBase } from '#model/base.js';
import { cloudOf, type Endpoint } from '#model/endpoint.js';
import type { System } from '#model/system.js';
import type { Fault } from './schema-problem.js';
import { orList, show } from './show.js';

/** Where a partition of AWS or another cloud has regions; undefined for one the data do not know. */
export function regionsOf(partition: string, { boundary }: PlanningBase): readonly string[] | undefined {
  const own = boundary.partitions.find((each) => each.id === partition);
  return own ? own.regions : boundary.clouds?.find((each) => each.id === partition)?.locations;
}

/** All a boundary may name. */
export const partitionsOf = ({ boundary }: PlanningBase): string[] => [
  ...boundary.partitions.map(({ id }) => id),
  ...(boundary.clouds ?? []).map(({ id }) => id),
];

/** Whether a boundary is in a cloud beside AWS. */
export const isCloud = (partition: string, { boundary }: PlanningBase): boolean =>
  boundary.clouds?.some(({ id }) => id === partition) ?? false;

/** Why an endpoint of a kind cannot be in the boundary's cloud at all; undefined when it can. */
export function homeFault({ kind }: Endpoint, { boundary }: System, base: PlanningBase): string | undefined {
  const home = cloudOf[kind];
  if (home === boundary.partition) return undefined;
  if (home === undefined && !isCloud(boundary.partition, base)) return undefined;
  const where = home ?? `a partition of AWS (${orList(base.boundary.partitions.map(({ id }) => id))})`;
  return `${kind} endpoints are in ${where}, and boundary.partition is ${boundary.partition}. A system has one: give them a system file of their own.`;
}

/** What belongs to one cloud, and how it is written there. */
const written = {
  'azure-us-gov': {
    vpc: [
      /^\/subscriptions\//,
      '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>',
    ],
    subnet: [/^\/subscriptions\//, 'the id of the network with /subnets/<name>'],
  },
  'google-us': {
    vpc: [/^projects\//, 'projects/<project>/global/networks/<name>'],
    subnet: [/^projects\//, 'projects/<project>/regions/<region>/subnetworks/<name>'],
  },
  aws: {
    vpc: [/^vpc-/, 'vpc-<8 or 17 hex digits>'],
    subnet: [/^subnet-/, 'subnet-<8 or 17 hex digits>'],
  },
} as const;

/** How accounts are written where the boundary is. */
const accounts: Readonly<Record<string, readonly [form: RegExp, next: string]>> = {
  'azure-us-gov': [/^(?:env:|[0-9a-f]{8}-)/, 'State the id of the subscription, in small letters.'],
  'google-us': [/^(?:env:|[a-z])/, 'State the id of the project.'],
  aws: [/^env:|^\d{12}$/, 'State the 12 digits of the account in quotes.'],
};

/** Ids of networks and accounts that are of another cloud than the boundary. */
export function spellingFaults({ boundary, network, endpoints }: System, base: PlanningBase): Fault[] {
  const { partition } = boundary;
  const cloud = isCloud(partition, base);
  const faults: Fault[] = [];
  const [form, next] = accounts[cloud ? partition : 'aws'] ?? [/^/, ''];
  if (boundary.account !== undefined && !form.test(boundary.account)) {
    faults.push({ path: ['boundary', 'account'], message: `boundary.account: is no account of ${partition}. ${next}` });
  }
  const forms = written[cloud ? (partition as keyof typeof written) : 'aws'];
  if (!forms || !('existing' in network)) return faults;
  const { vpc, subnets } = network.existing;
  const complain = (path: readonly (string | number)[], field: string, value: string, form: string) =>
    faults.push({
      path: ['network', 'existing', ...path],
      message: `network.existing.${field}: ${show(value)} is no network of ${partition}; there it is ${form}.`,
    });
  if (!forms.vpc[0].test(vpc)) complain(['vpc'], 'vpc', vpc, forms.vpc[1]);
  for (const [index, subnet] of subnets.entries()) {
    if (!forms.subnet[0].test(subnet)) complain(['subnets', index], `subnets[${index}]`, subnet, forms.subnet[1]);
    else if (cloud) {
      const elsewhere = elsewhereThan(vpc, subnet, endpoints);
      if (elsewhere !== undefined)
        faults.push({
          path: ['network', 'existing', 'subnets', index],
          message: `network.existing.subnets[${index}]: ${show(subnet)} ${elsewhere}.`,
        });
    }
  }
  return faults;
}

/** A subnet of Azure is a part of its network's id; one of Google Cloud names its region. */
function elsewhereThan(vpc: string, subnet: string, endpoints: readonly Endpoint[]): string | undefined {
  if (vpc.startsWith('/subscriptions/') && !subnet.startsWith(`${vpc}/subnets/`))
    return 'is not in network.existing.vpc';
  const region = /\/regions\/([^/]+)\//.exec(subnet)?.[1];
  if (region === undefined || endpoints.every((each) => each.region === region)) return undefined;
  return `is in ${region}, where not all endpoints are`;
}
