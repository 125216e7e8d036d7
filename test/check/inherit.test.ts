import { deepEqual, equal, match } from 'node:assert/strict';
import { check } from '#check/check.js';
import { compare } from '#check/compare.js';
import { inherit } from '#check/inherit.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Inherited } from '#model/inherited.js';
import type { Result } from '#model/result.js';
import { against } from './gate.js';

const stated = (more: Partial<Inherited> = {}): Inherited => ({
  requirement: 'cloudtrail-data-events',
  from: 'Landing zone',
  reference: 'SSP, AU-12',
  seen: '2026-11-01',
  ...more,
});
const found = (template: string, ...statements: Inherited[]): readonly Finding[] => {
  const manifest = readManifest('t.yaml', template, { ...against.boundary, parameters: {} });
  const findings = 'resources' in manifest ? check([manifest], { ...against, needs: ['bedrock'] }) : [];
  return inherit(findings, statements, { day: '2026-11-22', maxDays: 365 });
};
const one = (template: string, ...statements: Inherited[]): Finding[] =>
  found(template, ...statements).filter(({ requirement }) => requirement === 'cloudtrail-data-events');
const bucket = 'Resources: {B: {Type: "AWS::S3::Bucket"}}\n';
const trail = (more: string): string =>
  `Resources: {T: {Type: "AWS::CloudTrail::Trail", Properties: {IsLogging: true, S3BucketName: b${more}}}}\n`;

describe('what the system inherits', () => {
  it('is not missing, and no pass', () => {
    deepEqual(
      one(bucket).map(({ verdict }) => verdict),
      ['fail'],
    );
    const [finding] = one(bucket, stated());
    equal(finding?.verdict, 'not-applicable');
    equal(
      finding?.reason,
      'comes from Landing zone (SSP, AU-12), as the system file says: it was seen there on 2026-11-01, and Rampart has not looked at it',
    );
    deepEqual(finding?.inherited, stated());
  });

  it('is that one thing only', () => {
    const others = (findings: readonly Finding[]): Finding[] =>
      findings.filter(({ requirement }) => requirement !== 'cloudtrail-data-events');
    deepEqual(others(found(bucket, stated())), others(found(bucket)));
  });

  it('leaves a trail that is there judged', () => {
    const wrong = trail(
      ', AdvancedEventSelectors: [{FieldSelectors: [{Field: eventCategory, Equals: [Data]}, {Field: resources.type, Equals: ["AWS::Bedrock::Prompt"]}]}]',
    );
    deepEqual(
      one(wrong, stated())
        .map(({ resource, verdict }) => `${resource} ${verdict}`)
        .sort(),
      ['T fail', 'the system not-applicable'],
    );
  });

  it('is not spoken of where the manifests hold it', () => {
    const fields = ['AWS::Bedrock::Model', 'AWS::Bedrock::Guardrail'].map(
      (type) =>
        `{FieldSelectors: [{Field: eventCategory, Equals: [Data]}, {Field: resources.type, Equals: ["${type}"]}]}`,
    );
    const whole = trail(`, AdvancedEventSelectors: [${fields.join(', ')}]`);
    deepEqual(one(whole, stated()), one(whole));
    equal(one(whole)[0]?.verdict, 'pass');
  });

  for (const [when, seen, reason] of [
    ['a year ago to the day', '2025-11-22', undefined],
    ['longer ago', '2025-11-21', /is not known: .* where it was last seen on 2025-11-21, more than 365 days ago$/],
    ['on a day yet to come', '2026-11-23', /where it was seen on 2026-11-23, a day yet to come$/],
  ] as const) {
    it(`${reason ? 'is unknown' : 'counts'} where it was seen ${when}`, () => {
      const [finding] = one(bucket, stated({ seen }));
      equal(finding?.verdict, reason ? 'unknown' : 'not-applicable');
      if (reason) match(finding?.reason ?? '', reason);
    });
  }

  it('does not mend what was missing', () => {
    const result = (...statements: Inherited[]): Result => ({
      tool: { name: 'rampart', version: '1' },
      baseline: 'b',
      controlData: 'd',
      boundary: { partition: 'aws-us-gov', regions: [] },
      files: [],
      findings: one(bucket, ...statements),
    });
    const { requirements } = compare({ name: 'before', result: result() }, { name: 'after', result: result(stated()) });
    deepEqual(
      requirements.map(({ from, to, change }) => [from, to, change]),
      [['fail', 'not-applicable', 'other']],
    );
  });
});
