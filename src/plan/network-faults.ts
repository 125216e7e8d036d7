import type { Network, System } from '#model/system.js';
import { rangeFault } from './cidr.js';
import { pathText } from './path-text.js';
import type { Fault } from './schema-problem.js';
import { show } from './show.js';
import type { Path } from './source.js';

/** What is wrong with the networks of a system: ranges that cannot be, and a VPC that would have to be in two regions. */
export function networkFaults(system: System): Fault[] {
  return [
    ...rangeFaults(system.network, ['network']),
    ...system.endpoints.flatMap(({ network }, index) =>
      network === undefined ? [] : rangeFaults(network, ['endpoints', index, 'network']),
    ),
    ...regionFaults(system),
  ];
}

function rangeFaults(network: Network, path: Path): Fault[] {
  const [at, cidr, smallest] =
    'create' in network
      ? (['create', network.create.cidr, 26] as const)
      : (['existing', network.existing.cidr, 28] as const);
  const fault = rangeFault(cidr, smallest);
  if (fault === undefined) return [];
  const place = [...path, at, 'cidr'];
  return [{ path: place, message: `${pathText(place)}: ${show(cidr)} ${fault}.` }];
}

/** A VPC lies in one region, except in Google Cloud: endpoints of another cannot be in it. */
function regionFaults(system: System): Fault[] {
  const first = new Map<string, number>();
  return system.endpoints.flatMap((endpoint, index) => {
    const network = endpoint.network ?? system.network;
    if (!('existing' in network)) return [];
    const { vpc } = network.existing;
    if (vpc.startsWith('projects/')) return [];
    const before = first.get(vpc) ?? index;
    first.set(vpc, before);
    const there = system.endpoints[before]?.region;
    if (there === undefined || there === endpoint.region) return [];
    const path: Path = ['endpoints', index, 'region'];
    const message = `${pathText(path)}: ${show(vpc)} cannot be in ${endpoint.region}: endpoints[${before}] has it in ${there}, and a VPC lies in one region. Give this endpoint a network of its own (endpoints[${index}].network).`;
    return [{ path, message }];
  });
}
