import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { base } from '../controls/base.js';
import { against } from './gate.js';

const requirements = base.requirements.filter(({ id }) => id === 'guardrail-region');
const west = { partition: 'aws-us-gov', regions: ['us-gov-west-1'] };
const both = { partition: 'aws-us-gov', regions: ['us-gov-east-1', 'us-gov-west-1'] };
const profile = 'us-gov.guardrail.v1:0';

const template = (config?: object): string =>
  JSON.stringify({
    Resources: { G: { Type: 'AWS::Bedrock::Guardrail', Properties: { Name: 'g', CrossRegionConfig: config } } },
  });

const planOf = (config: readonly object[]): string =>
  JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'aws_bedrock_guardrail.g',
        mode: 'managed',
        type: 'aws_bedrock_guardrail',
        name: 'g',
        change: { actions: ['create'], after: { cross_region_config: config }, after_unknown: {} },
      },
    ],
  });

function worst(text: string, boundary: typeof both): string | undefined {
  const manifest = readManifest('t.json', text, { ...boundary, parameters: {} }) as Manifest;
  const verdicts = check([manifest], { ...against, requirements, boundary }).map(({ verdict }) => verdict);
  return ['error', 'fail', 'unknown', 'pass'].find((each) => verdicts.some((verdict) => verdict === each));
}

describe('a guardrail that works in both regions of us-gov', () => {
  const crossing = [template({ GuardrailProfileArn: profile }), planOf([{ guardrail_profile_identifier: profile }])];

  it('is inside of a boundary that holds both', () => {
    for (const text of crossing) assert.equal(worst(text, both), 'pass', text);
  });

  it('is outside of one that holds one, where a guardrail without a profile is at home', () => {
    for (const text of crossing) assert.equal(worst(text, west), 'fail', text);
    for (const text of [template(), planOf([])]) assert.equal(worst(text, west), 'pass', text);
  });
});
