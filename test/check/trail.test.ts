import assert from 'node:assert/strict';
import { verdictOf } from './gate.js';

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
