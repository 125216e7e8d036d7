import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Network, System } from '#model/system.js';
import { plan } from '../../src/plan/plan.js';
import { base } from '../controls/base.js';
import { existing, impactOf, strictest } from './plans.js';

/** The starter system with vLLM on EKS, as `rampart init` writes it. */
export const starter = parse(
  readFileSync(new URL('../../templates/system/eks-vllm.yaml', import.meta.url), 'utf8'),
) as System;

interface Change {
  baseline?: string;
  network?: Network;
  endpoint?: Partial<EksVllmEndpoint>;
  settings?: System['settings'];
}

export function eksPlan({ baseline, network, endpoint, settings }: Change = {}): Plan {
  const system = structuredClone(starter) as System;
  return plan(
    {
      ...system,
      ...(baseline === undefined ? {} : { baseline, impact: impactOf(baseline) }),
      ...(network ? { network } : {}),
      ...(settings ? { settings } : {}),
      endpoints: system.endpoints.map((each) => ({ ...each, ...endpoint }) as EksVllmEndpoint),
    },
    base,
  );
}

const networks = [
  { name: 'own network', change: {} },
  { name: 'own network, strictest', change: { settings: strictest } },
  { name: 'existing network', change: { network: existing } },
] as const;

/** Baselines a whole system can be planned for; overlays are not. */
const baselines = base.baselines.filter(({ impact }) => impact !== undefined).map(({ id }) => id);

/** Every baseline with every network. */
export const matrix: readonly { name: string; plan: Plan }[] = baselines.flatMap((baseline) =>
  networks.map(({ name, change }) => ({ name: `${baseline}, ${name}`, plan: eksPlan({ baseline, ...change }) })),
);

/** The cells whose files are kept for people to read. */
export const shown: readonly { name: string; plan: Plan }[] = [
  { name: 'own network', plan: eksPlan() },
  { name: 'existing network', plan: eksPlan({ baseline: 'fedramp-rev5-high', network: existing }) },
];
