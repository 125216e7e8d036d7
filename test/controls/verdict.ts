import assert from 'node:assert/strict';
import { type Against, check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import type { SettingValue } from '#model/setting.js';
import { base } from './base.js';

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };

export const defaults: Record<string, SettingValue> = {};
for (const requirement of base.requirements) {
  for (const [id, demand] of Object.entries(requirement.settings)) defaults[id] = demand.default;
}

/** The text of an example as the gate reads it. */
export function readExample(text: string): Manifest {
  const manifest = readManifest('example.yaml', text, { ...boundary, parameters: {} });
  assert.ok('resources' in manifest, 'an example must be a manifest');
  return manifest as Manifest;
}

/** What one requirement says of an example, as if the system needed it. */
export function findingsOf(requirement: Requirement, manifest: Manifest): Finding[] {
  const against: Against = {
    requirements: [requirement],
    settings: defaults,
    boundary,
    nvmeFamilies: base.boundary.nvmeFamilies,
    needs: [...requirement.endpoints],
  };
  return check([manifest], against);
}

/** The worst of some findings, or none. */
export const worstOf = (findings: readonly Finding[]): string =>
  ['error', 'fail', 'unknown', 'pass'].find((verdict) => findings.some((each) => each.verdict === verdict)) ??
  'not judged';
