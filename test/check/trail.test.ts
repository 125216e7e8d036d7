import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import { against, verdictOf } from './gate.js';

const trail = (more: string): string =>
  `Resources:\n  T: {Type: AWS::CloudTrail::Trail, Properties: {IsLogging: true, S3BucketName: x${more}}}\n`;
const selector = (type: string): string =>
  `, AdvancedEventSelectors: [{FieldSelectors: [{Field: eventCategory, Equals: [Data]}, {Field: resources.type, Equals: ["${type}"]}]}]`;

describe('data events of a trail, where no system says which are needed', () => {
  it('are nothing a trail passes for', () => {
    assert.equal(verdictOf('cloudtrail-data-events', trail('')), undefined);
    assert.equal(verdictOf('cloudtrail-data-events', trail(selector('AWS::S3::Object'))), undefined);
  });

  it('fail where the service refuses them', () => {
    assert.equal(verdictOf('cloudtrail-data-events', trail(selector('AWS::Bedrock::Prompt'))), 'fail');
  });
});

describe('the trail a system needs', () => {
  const all = ['AWS::Bedrock::Model', 'AWS::Bedrock::Guardrail'];
  const selectors = all
    .map(
      (type) =>
        `{FieldSelectors: [{Field: eventCategory, Equals: [Data]}, {Field: resources.type, Equals: ["${type}"]}]}`,
    )
    .join(', ');
  const text = (name: string, more: string): string =>
    `  ${name}: {Type: AWS::CloudTrail::Trail, Properties: {S3BucketName: x, ${more}}}\n`;
  const reason = (...trails: string[]): string | undefined => {
    const given = { ...against.boundary, parameters: {} };
    const manifest = readManifest('t.yaml', `Resources:\n${trails.join('')}`, given);
    assert.ok('resources' in manifest);
    const found = check([manifest], { ...against, needs: ['bedrock'] });
    return found.find(({ requirement, type }) => requirement === 'cloudtrail-data-events' && type === 'system')?.reason;
  };
  const off = text('Off', `IsLogging: false, AdvancedEventSelectors: [${selectors}]`);

  it('is told to be switched off where it is there', () => {
    assert.match(reason(off) ?? '', /; the nearest, Off: IsLogging leaves the trail switched off$/);
  });

  it('is named before others that lack more', () => {
    const bare = text('Bare', 'IsLogging: false');
    const other = text('Other', 'IsLogging: true');
    assert.match(reason(bare, off) ?? '', /the nearest, Off: /);
    assert.match(reason(other, off) ?? '', /the nearest, Other: AdvancedEventSelectors is absent/);
  });
});
