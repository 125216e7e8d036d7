import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import type { SettingValue } from '#model/setting.js';
import { azureGiven } from '../check/gate.js';
import { base } from './base.js';

export const languages = ['cloudformation', 'terraform', 'kubernetes', 'arm'] as const;

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };

const defaults: Record<string, SettingValue> = {};
for (const requirement of base.requirements) {
  for (const [id, demand] of Object.entries(requirement.settings)) defaults[id] = demand.default;
}

/** What one requirement says of an example, which is the text of a whole manifest. */
export function findingsOf(requirement: Requirement, text: string): Finding[] {
  const manifest = readManifest('example.yaml', text, { ...boundary, azure: azureGiven, parameters: {} }) as Manifest;
  assert.ok('resources' in manifest, 'an example must be a manifest');
  return check([manifest], {
    requirements: [requirement],
    settings: defaults,
    boundary,
    nvmeFamilies: base.boundary.nvmeFamilies,
    clouds: base.boundary.clouds,
    offers: base.boundary,
    needs: [...requirement.endpoints],
  });
}
