import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Against } from '#check/check.js';
import type { Plan } from '#model/plan.js';
import type { System } from '#model/system.js';
import { plan } from '../../src/plan/plan.js';
import { base } from '../controls/base.js';

const starter = (kind: string): System =>
  parse(readFileSync(new URL(`../../templates/system/${kind}.yaml`, import.meta.url), 'utf8')) as System;

const group = '/subscriptions/0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48/resourceGroups/network/providers/Microsoft.Network';

/** Networks of other clouds that are there already. */
export const existingOf = {
  'azure-openai': {
    existing: {
      vpc: `${group}/virtualNetworks/hub`,
      cidr: '10.60.0.0/22',
      subnets: [`${group}/virtualNetworks/hub/subnets/endpoints`],
    },
  },
  'vertex-ai': {
    existing: {
      vpc: 'projects/agency-network/global/networks/shared',
      cidr: '10.60.0.0/22',
      subnets: ['projects/agency-network/regions/us-east4/subnetworks/callers'],
    },
  },
} as const;

export type CloudKind = keyof typeof existingOf;

const changes = {
  default: (system: System): System => system,
  /** Every setting at its tightest, in the region and of the type with the fewest choices. */
  strictest: (system: System): System => ({
    ...system,
    settings: { 'logging.retention-days': 730, 'logging.retention-profile': 'nara-grs-3.2' },
    ...(system.boundary.partition === 'azure-us-gov'
      ? {
          boundary: { ...system.boundary, regions: ['usgovarizona'] },
          endpoints: system.endpoints.map((each) => ({
            ...each,
            region: 'usgovarizona',
            throughput: 'ProvisionedManaged',
          })) as System['endpoints'],
        }
      : {
          endpoints: system.endpoints.map((each) => ({ ...each, regime: 'IL5' })) as System['endpoints'],
        }),
  }),
  'existing network': (system: System): System => ({
    ...system,
    network: existingOf[system.endpoints[0]?.kind as CloudKind],
    ...(system.boundary.partition === 'google-us'
      ? { endpoints: system.endpoints.map((each) => ({ ...each, folder: '123456789012' })) as System['endpoints'] }
      : {}),
  }),
};

/** A baseline of enough impact takes a system of less. */
const low = { confidentiality: 'low', integrity: 'low', availability: 'low' } as const;

/** The plans of a kind of another cloud: each way a system can be, under a baseline or that of its starter. */
export function plansOf(kind: CloudKind, baseline?: string): { name: string; plan: Plan }[] {
  return Object.entries(changes).map(([name, change]) => {
    const system = change(starter(kind));
    return { name, plan: plan(baseline === undefined ? system : { ...system, impact: low, baseline }, base) };
  });
}

/** What a plan is judged against, without the requirements of other kinds, which find nothing and take most of the time. */
export function plannedOnly(against: Against, { endpoints }: Plan): Against {
  const planned = new Set(endpoints.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
  return { ...against, requirements: against.requirements.filter(({ id }) => planned.has(id)) };
}

/** All but the privacy overlay, which no system can be planned for. */
export const baselines = base.baselines.map(({ id }) => id).filter((id) => id !== 'nist-800-53b-privacy');
