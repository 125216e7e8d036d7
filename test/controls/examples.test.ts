import assert from 'node:assert/strict';
import { type Against, check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import type { SettingValue } from '#model/setting.js';
import { azureGiven } from '../check/gate.js';
import { base } from './base.js';

const boundary = { partition: 'aws-us-gov', regions: ['us-gov-west-1', 'us-gov-east-1'] };

const defaults: Record<string, SettingValue> = {};
for (const requirement of base.requirements) {
  for (const [id, demand] of Object.entries(requirement.settings)) defaults[id] = demand.default;
}

/** The verdict of one requirement on a whole manifest: the worst of its findings, or none. */
function verdictOf(requirement: Requirement, text: string): { verdict: string; reasons: string[] } {
  const manifest = readManifest('example.yaml', text, { ...boundary, azure: azureGiven, parameters: {} }) as Manifest;
  assert.ok('resources' in manifest, 'an example must be a manifest');
  const against: Against = {
    requirements: [requirement],
    settings: defaults,
    boundary,
    nvmeFamilies: base.boundary.nvmeFamilies,
    clouds: base.boundary.clouds,
    offers: base.boundary,
    needs: [...requirement.endpoints],
  };
  const findings = check([manifest], against);
  const worst = ['error', 'fail', 'unknown', 'pass'].find((verdict) =>
    findings.some((each) => each.verdict === verdict),
  );
  return {
    verdict: worst ?? 'not judged',
    reasons: findings.map((each) => `${each.verdict} ${each.resource}: ${each.reason} ${each.branch ?? ''}`),
  };
}

const languages = ['cloudformation', 'terraform', 'kubernetes', 'arm'] as const;

describe('the examples of every requirement', () => {
  for (const requirement of base.requirements) {
    for (const language of languages) {
      const examples = requirement.examples?.[language];
      for (const verdict of ['pass', 'fail', 'unknown'] as const) {
        for (const [index, text] of (examples?.[verdict] ?? []).entries()) {
          it(`${requirement.id}, ${language}: ${verdict} ${index + 1}`, () => {
            const got = verdictOf(requirement, text);
            assert.equal(got.verdict, verdict, got.reasons.join('\n'));
          });
        }
      }
      if (!requirement.expect[language]) continue;
      it(`${requirement.id}, ${language}: at least one pass, two fail and one unknown`, () => {
        assert.ok(
          (examples?.pass.length ?? 0) >= 1 &&
            (examples?.fail.length ?? 0) >= 2 &&
            (examples?.unknown.length ?? 0) >= 1,
        );
      });
    }
  }
});
