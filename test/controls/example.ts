import assert from 'node:assert/strict';
import { type Against, check } from '#check/check.js';
import { liveExample } from '#live/example.js';
import { judge as judgeLive } from '#live/judge.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import { exampleAccounts, type Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import type { SettingValue } from '#model/setting.js';
import { liveConditions } from '../../src/session/live-findings.js';
import { azureGiven } from '../check/gate.js';
import { base } from './base.js';

export const languages = ['cloudformation', 'terraform', 'kubernetes', 'arm'] as const;

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };

const defaults: Record<string, SettingValue> = {};
for (const requirement of base.requirements) {
  for (const [id, demand] of Object.entries(requirement.settings)) defaults[id] = demand.default;
}

/** What one requirement says of an example, which is the text of a whole manifest, or an observation. */
export function findingsOf(requirement: Requirement, text: string, language?: string): readonly Finding[] {
  if (language === 'live') return judgeLive([liveExample(text)], [requirement], liveConditions(againstOf(requirement)));
  const manifest = readManifest('example.yaml', text, { ...boundary, azure: azureGiven, parameters: {} }) as Manifest;
  assert.ok('resources' in manifest, 'an example must be a manifest');
  return check([manifest], againstOf(requirement));
}

const againstOf = (requirement: Requirement): Against => ({
  requirements: [requirement],
  settings: defaults,
  boundary: { ...boundary, accounts: exampleAccounts },
  nvmeFamilies: base.boundary.nvmeFamilies,
  clouds: base.boundary.clouds,
  offers: base.boundary,
  needs: [...requirement.endpoints],
});
