import type { Network } from '#model/network.js';
import type { EndpointPlan } from '#model/plan.js';
import { type Assessment, compare, type Json, property } from './assessment.js';
import { line, markup } from './text.js';
import { uuidOf } from './uuid.js';

/**
 * A part of the system that settings are made on. What is judged of one endpoint alone is of that endpoint; keys, logs and networks
 * are parts of their own, since findings do not say which endpoint they are of.
 */
export interface SystemPart {
  uuid: string;
  component: Json;
  /** Endpoints whose settings it holds. */
  endpoints: readonly EndpointPlan[];
  /** Whether what a requirement of this kind asks for is done here. */
  holds: (category: string | undefined) => boolean;
}

/** Where the requirements of a category are met, if not in the endpoint itself. */
const shared: readonly { category: string; title: string; description: string }[] = [
  { category: 'encryption', title: 'Keys', description: 'Keys of the endpoints, and what is encrypted with them.' },
  { category: 'logging', title: 'Logs', description: 'Where the endpoints and those who use them are recorded.' },
];

const elsewhere = new Set([...shared.map(({ category }) => category), 'network']);

/** The parts of a system as its plan has them. Whether any of them is in operation the plan does not say. */
export function systemParts({ input, lasting }: Assessment): SystemPart[] {
  const planned = [...(input.plan?.endpoints ?? [])].sort((left, right) =>
    compare(left.endpoint.name, right.endpoint.name),
  );
  const endpoints = planned.map((own): SystemPart => {
    const { name, kind, region, model } = own.endpoint;
    const uuid = uuidOf(lasting, 'endpoint', name);
    const component = {
      uuid,
      type: 'service',
      title: markup(name),
      description: `Model endpoint ${markup(name)}: ${markup(kind)} in ${markup(region)}, serving ${markup(model)}.`,
      props: [
        property('endpoint-kind', line(kind)),
        property('region', line(region)),
        property('model', line(model)),
        ...(own.limits ?? []).map((limit) => property('limit', line(limit))),
      ],
      status: unknownStatus,
    };
    return { uuid, component, endpoints: [own], holds: (category) => !elsewhere.has(category ?? '') };
  });
  const common = shared.map(({ category, title, description }): SystemPart => {
    const uuid = uuidOf(lasting, 'part', category);
    const component = { uuid, type: 'service', title, description, status: unknownStatus };
    return { uuid, component, endpoints: planned, holds: (each) => each === category };
  });
  return planned.length === 0
    ? []
    : [...endpoints, ...common, ...networkParts(planned, lasting, input.plan?.system.network)];
}

/** One for the system's own network, and one for each endpoint that has another. */
function networkParts(planned: readonly EndpointPlan[], lasting: string, ofSystem: Network | undefined): SystemPart[] {
  const within = planned.filter(({ endpoint }) => !endpoint.network);
  const own = planned.filter(({ endpoint }) => endpoint.network);
  return [
    ...(ofSystem && within.length > 0 ? [networkPart(uuidOf(lasting, 'network'), 'Network', ofSystem, within)] : []),
    ...own.map((each) => {
      const { name, network } = each.endpoint;
      return networkPart(uuidOf(lasting, 'network', name), `Network of ${markup(name)}`, network as Network, [each]);
    }),
  ];
}

function networkPart(uuid: string, title: string, network: Network, endpoints: readonly EndpointPlan[]): SystemPart {
  const { cidr, vpc, subnets } =
    'create' in network ? { ...network.create, vpc: undefined, subnets: [] } : network.existing;
  const component = {
    uuid,
    type: 'network',
    title,
    description: networkText(network),
    props: [
      property('cidr', line(cidr)),
      ...(vpc === undefined ? [] : [property('vpc', line(vpc))]),
      ...subnets.map((subnet) => property('subnet', line(subnet))),
    ],
    status: unknownStatus,
  };
  return { uuid, component, endpoints, holds: (category) => category === 'network' };
}

/** A network as the system file has it. */
export const networkText = (network: Network): string =>
  'create' in network
    ? `A network of ${markup(network.create.cidr)} that is made with the endpoints in it.`
    : `The network ${markup(network.existing.vpc)} of ${markup(network.existing.cidr)}, which was there before.`;

const unknownStatus = { state: 'other', remarks: 'Rampart does not know whether this is in operation.' };
