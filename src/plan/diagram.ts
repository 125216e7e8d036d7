import type { Diagram, DiagramShape, DiagramShapes, Flow, Part, PartShape, Place, Said, Zone } from '#model/diagram.js';
import type { Endpoint } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { settingValues } from '#model/setting.js';
import type { Network, System } from '#model/system.js';

/**
 * The planned system as parts and flows. `provider` is what the cloud's own services are called. Throws `RAMPART_NO_DIAGRAM` for
 * a kind of endpoint without a shape.
 */
export function diagramOf(plan: Plan, shapes: DiagramShapes, provider: string): Diagram {
  const drawn = plan.endpoints.map((endpoint) => drawEndpoint(endpoint, plan.system, shapes, provider));
  const flows = unique(
    drawn.flatMap((each) => each.flows),
    ({ from, to, carries }) => `${from}\n${to}\n${carries}`,
  );
  return {
    title: plan.system.name,
    zones: unique([outside, boundaryOf(plan.system), ...drawn.flatMap((each) => each.zones)], ({ id }) => id),
    parts: unique(
      drawn.flatMap((each) => each.parts),
      ({ id }) => id,
    ),
    flows: flows.map((flow, index) => ({ ...flow, number: index + 1 })),
  };
}

const outside: Zone = { id: 'outside', kind: 'outside', label: 'Outside the system' };

const boundaryOf = ({ name }: System): Zone => ({
  id: 'boundary',
  kind: 'boundary',
  label: `Authorization boundary of ${name}`,
});

interface Drawn {
  zones: Zone[];
  parts: Part[];
  flows: Omit<Flow, 'number'>[];
}

function drawEndpoint(planned: EndpointPlan, system: System, shapes: DiagramShapes, provider: string): Drawn {
  const { endpoint } = planned;
  const shape = shapes[endpoint.kind];
  if (!shape) {
    throw new RampartError('RAMPART_NO_DIAGRAM', `there is no diagram of ${endpoint.kind} endpoints`, {
      exit: 'usage',
      next: 'Draw a system file without that endpoint.',
    });
  }
  const network = endpoint.network ?? system.network;
  const zones = zonesOf(planned, network, provider);
  const parts = partsOf(shape, planned, network, zones);
  const flows = shape.flows
    .filter((flow) => isThere(flow, endpoint, network))
    .flatMap(({ from, to, carries, protection }): Omit<Flow, 'number'>[] => {
      const [start, end] = [parts.get(from), parts.get(to)];
      if (!start || !end) return [];
      const how = saidOf(protection, network);
      return [{ from: start.id, to: end.id, carries, protection: how, crosses: start.inside !== end.inside }];
    });
  return {
    zones: Object.values(zones).filter(({ id }) => id !== outside.id),
    parts: [...parts.values()].map(({ inside: _, ...part }) => part),
    flows,
  };
}

const saidOf = (said: Said, network: Network): string =>
  typeof said === 'string' ? said : said['create' in network ? 'created' : 'existing'];

function isThere({ network, inference }: Pick<PartShape, 'network' | 'inference'>, endpoint: Endpoint, given: Network) {
  const answers = endpoint.kind === 'sagemaker' ? (endpoint.inference ?? 'real-time') : undefined;
  return (
    (network === undefined || (network === 'created') === 'create' in given) &&
    (inference === undefined || inference === answers)
  );
}

function zonesOf({ endpoint: { name, kind, region } }: EndpointPlan, network: Network, provider: string) {
  const own = `endpoint ${name}`;
  const shared = 'existing' in network ? network.existing.vpc : undefined;
  return {
    outside,
    account: { id: own, kind: 'endpoint', label: `${name}: ${kind}, ${region}`, within: 'boundary' },
    // A network of the endpoint's own lies in it; one that was there before may serve several.
    network:
      'create' in network
        ? {
            id: `network ${name}`,
            kind: 'network',
            label: `Network ${network.create.cidr}, no way to the internet`,
            within: own,
          }
        : {
            id: `network ${shared}`,
            kind: 'network',
            label: `Network ${shared}, ${network.existing.cidr}`,
            within: 'boundary',
          },
    provider: { id: `provider ${region}`, kind: 'provider', label: `${provider}, ${region}: authorized on its own` },
  } satisfies Record<Place, Zone>;
}

function partsOf(
  shape: DiagramShape,
  planned: EndpointPlan,
  network: Network,
  zones: Readonly<Record<Place, Zone>>,
): ReadonlyMap<string, Part & { inside: boolean }> {
  const say = sayer(planned, network);
  const present = Object.entries(shape.parts).filter(([, part]) => isThere(part, planned.endpoint, network));
  return new Map(
    present.map(([key, { role, place, label, detail, sealed }]) => {
      const zone = zones[place];
      const words = { label: say(label), ...(detail === undefined ? {} : { detail: say(saidOf(detail, network)) }) };
      // Services of the provider and people are the same for all endpoints; what is said of them tells them apart.
      const id =
        place === 'outside' || place === 'provider'
          ? `${zone.id}/${words.label}`
          : `${zone.id}/${planned.endpoint.name}/${key}`;
      const inside = place === 'network' || place === 'account';
      return [key, { id, role, ...words, sealed: sealed === true, zone: zone.id, inside }];
    }),
  );
}

/** Fills in what a text of a shape names. Throws an Error for what neither endpoint nor plan has: a fault of the shape. */
function sayer({ endpoint, settings }: EndpointPlan, network: Network): (text: string) => string {
  const values = settingValues(settings);
  const fields: Readonly<Record<string, unknown>> = {
    ...endpoint,
    cidr: 'create' in network ? network.create.cidr : network.existing.cidr,
  };
  return (text) =>
    text.replace(/\{(setting:)?([A-Za-z.-]+)\}/g, (_, isSetting: string | undefined, name: string) => {
      const from = isSetting ? values : fields;
      if (!Object.hasOwn(from, name))
        throw new Error(`the diagram names ${name}, which ${endpoint.name} does not have`);
      return String(from[name]);
    });
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Map<string, Item>();
  for (const item of items) if (!seen.has(keyOf(item))) seen.set(keyOf(item), item);
  return [...seen.values()];
}
