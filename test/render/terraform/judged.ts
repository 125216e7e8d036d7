import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { settingValues } from '#model/setting.js';
import { isBlocking } from '#model/verdict.js';
import { check } from '../../../src/check/check.js';
import { readManifest } from '../../../src/manifest/read.js';
import { base } from '../../controls/base.js';
import type { Module } from './module.js';
import { planOf } from './plan-of.js';

const world = { account: '111122223333', partition: 'aws-us-gov' };

/** What the gate says of the plans worked out from rendered modules, all requirements of their endpoints taken together. */
export function judged({ system }: Plan, rendered: readonly { endpoint: EndpointPlan; module: Module }[]): Finding[] {
  const { partition, regions } = system.boundary;
  const manifests = rendered.map(({ endpoint, module }) => {
    const file = `${endpoint.endpoint.name}/tfplan.json`;
    const manifest = readManifest(file, planOf(module, world), { partition, regions, parameters: {} });
    assert.ok('resources' in manifest, 'reason' in manifest ? manifest.reason : '');
    return manifest;
  });
  const planned = new Set(rendered.flatMap(({ endpoint }) => endpoint.requirements.map(({ id }) => id)));
  return check(manifests, {
    requirements: base.requirements.filter(({ id }) => planned.has(id)),
    settings: settingValues(rendered.flatMap(({ endpoint }) => endpoint.settings)),
    boundary: { partition, regions, accounts: [world.account] },
    nvmeFamilies: base.boundary.nvmeFamilies,
    offers: base.boundary,
    clouds: base.boundary.clouds,
    needs: rendered.map(({ endpoint }) => endpoint.endpoint.kind),
    system: system.id,
  });
}

/** Each finding that stops a deployment, in a line. */
export const blocking = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ verdict }) => isBlocking(verdict))
    .map(({ requirement, resource, verdict, reason }) => `${verdict} ${requirement} ${resource}: ${reason}`);
