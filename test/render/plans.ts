import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Endpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Network, System } from '#model/system.js';
import { precompileTemplates } from '../../src/build/templates.js';
import { plan } from '../../src/plan/plan.js';
import type { Templates } from '../../src/render/target.js';
import { base } from '../controls/base.js';

const folder = new URL('../../templates/', import.meta.url);

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.hbs'))
  .sort()
  .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));

/** The templates of the checkout, compiled as the build compiles them. */
export const templates: Templates = (
  await import(`data:text/javascript,${encodeURIComponent(precompileTemplates(sources))}`)
).default;

/** The starter system with both kinds of endpoint, as `rampart init` writes it. */
export const both = parse(readFileSync(new URL('system/both.yaml', folder), 'utf8')) as System;

/** The same plan, of a system whose file says which account is its own. */
export const withAccount = (plan: Plan): Plan => ({
  ...plan,
  system: { ...plan.system, boundary: { ...plan.system.boundary, account: '111122223333' } },
});

export const existing: Network = {
  existing: {
    vpc: 'vpc-0a1b2c3d4e5f67890',
    cidr: '10.60.0.0/22',
    subnets: ['subnet-0a1b2c3d4e5f67890', 'subnet-0b1c2d3e4f5a67891'],
  },
};

/** Every branch a template has: whose network it is, and whether the instances encrypt their own disks. */
export const variants: readonly { name: string; plan: Plan }[] = [
  { name: 'moderate, own network, no NVMe', plan: planOf({}) },
  { name: 'moderate, own network, NVMe', plan: planOf({ instanceType: 'ml.g4dn.12xlarge' }) },
  {
    name: 'high, existing network, NVMe',
    plan: planOf({ network: existing, instanceType: 'ml.g4dn.12xlarge', high: true }),
  },
  { name: 'high, existing network, no NVMe', plan: planOf({ network: existing, high: true }) },
  { name: 'both regions, geographic profile', plan: planOf({ geographic: true }) },
  { name: 'moderate, own network, OpenAI-compatible plane, asynchronous', plan: others({}) },
  {
    name: 'high, existing network, OpenAI-compatible plane, asynchronous, NVMe',
    plan: others({ network: existing, instanceType: 'ml.g4dn.12xlarge', high: true }),
  },
  { name: 'an endpoint in each region, each in an existing network of its own', plan: twoRegions() },
];

/** Values as tight as a plan allows them to be made. */
export const strictest: System['settings'] = {
  'logging.retention-days': 3653,
  'logging.object-lock-days': 3650,
  'encryption.key-rotation-days': 90,
};

/** Every baseline a whole system can be planned for, with every network, for Bedrock's other plane and asynchronous SageMaker. */
export const matrix: readonly { name: string; plan: Plan }[] = base.baselines
  .filter(({ impact }) => impact !== undefined)
  .flatMap(({ id: baseline }) => [
    { name: `${baseline}, own network`, plan: others({ baseline }) },
    { name: `${baseline}, own network, strictest`, plan: others({ baseline, settings: strictest }) },
    { name: `${baseline}, existing network`, plan: others({ baseline, network: existing }) },
  ]);

/** The system of both kinds with Bedrock's other plane and the other way of SageMaker in their place. */
function others(change: Change): Plan {
  const { endpoints } = both;
  return planOf(
    change,
    endpoints.map((endpoint): Endpoint => {
      if (endpoint.kind === 'sagemaker') return { ...endpoint, name: 'batch', inference: 'async' };
      const { region } = endpoint;
      return { kind: 'bedrock-mantle', name: 'agent', region, model: 'openai.gpt-oss-120b' };
    }),
  );
}

function twoRegions(): Plan {
  const west = both.endpoints.filter(({ kind }) => kind === 'bedrock');
  const vpc = 'vpc-0e1a2b3c4d5e6f789';
  const subnets = ['subnet-0e1a2b3c4d5e6f789', 'subnet-0f1a2b3c4d5e6f780'];
  const network: Network = { existing: { vpc, cidr: '10.61.0.0/22', subnets } };
  const east: Endpoint = {
    kind: 'bedrock',
    name: 'chat-east',
    region: 'us-gov-east-1',
    model: 'amazon.nova-pro-v1:0',
    network,
  };
  return planOf({ network: existing, bothRegions: true }, [...west, east]);
}

interface Change {
  baseline?: string;
  settings?: System['settings'];
  network?: Network;
  instanceType?: string;
  high?: boolean;
  geographic?: boolean;
  bothRegions?: boolean;
}

function planOf(change: Change, of: readonly Endpoint[] = both.endpoints): Plan {
  const { baseline: _, ...system } = structuredClone(both) as System;
  const endpoints = of.map((endpoint) => {
    if (endpoint.kind === 'bedrock')
      return change.geographic ? { ...endpoint, model: `us-gov.${endpoint.model}` } : endpoint;
    if (endpoint.kind !== 'sagemaker') return endpoint;
    return { ...endpoint, instanceType: change.instanceType ?? 'ml.m5.4xlarge' };
  });
  return plan(
    {
      ...system,
      endpoints,
      ...(change.baseline === undefined ? {} : { baseline: change.baseline, impact: impactOf(change.baseline) }),
      ...(change.network ? { network: change.network } : {}),
      ...(change.settings ? { settings: change.settings } : {}),
      ...(change.high ? { impact: { confidentiality: 'high', integrity: 'high', availability: 'high' } as const } : {}),
      ...(change.geographic || change.bothRegions
        ? { boundary: { ...system.boundary, regions: ['us-gov-west-1', 'us-gov-east-1'] } }
        : {}),
    },
    base,
  );
}

/** The impact levels that a baseline is for. */
export function impactOf(id: string): System['impact'] {
  const level = base.baselines.find((each) => each.id === id)?.impact ?? 'low';
  return { confidentiality: level, integrity: level, availability: level };
}
