import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import type { Offered } from '#check/offers.js';
import { readManifest } from '#manifest/read.js';
import type { Manifest } from '#model/resource.js';
import { base } from '../controls/base.js';

const dated = { source: 'a test', date: '2026-11-01' };
const west = { partition: 'aws-us-gov', regions: ['us-gov-west-1'] };
const east = { partition: 'aws-us-gov', regions: ['us-gov-east-1'] };
const both = { partition: 'aws-us-gov', regions: ['us-gov-east-1', 'us-gov-west-1'] };

/** What the three requirements say of one resource in a boundary. */
function said(resource: string, boundary: typeof both, offers: Offered | undefined = base.boundary): string[] {
  const text = `Parameters: {P: {Type: String}}\nResources:\n  R: ${resource}\n`;
  const manifest = readManifest('t.yaml', text, { ...boundary, parameters: {} }) as Manifest;
  const requirements = base.requirements.filter(({ id }) =>
    /^(resource-type|bedrock-model|instance-type)-in-region$/.test(id),
  );
  assert.equal(requirements.length, 3);
  const { nvmeFamilies } = base.boundary;
  const against = { requirements, settings: {}, boundary, nvmeFamilies, needs: [], ...(offers ? { offers } : {}) };
  return check([manifest], against).map(({ verdict, reason }) => `${verdict} ${reason}`);
}

const agent = (model: string) => `{Type: AWS::Bedrock::Agent, Properties: {AgentName: a, FoundationModel: "${model}"}}`;
const config = (type: string) =>
  `{Type: AWS::SageMaker::EndpointConfig, Properties: {ProductionVariants: [{ModelName: m, VariantName: v, InstanceType: ${type}}]}}`;

describe('what a region has', () => {
  it('a type of one region passes where the boundary has that region, fails where it has not, and is quiet elsewhere', () => {
    assert.match(said('{Type: AWS::SageMaker::Model}', west)[0] ?? '', /^pass/);
    assert.match(said('{Type: AWS::SageMaker::Model}', both)[0] ?? '', /^pass/);
    assert.match(said('{Type: AWS::SageMaker::Model}', east)[0] ?? '', /^fail .*only us-gov-west-1 has it/);
    // A resource does not count as judged because its type exists.
    for (const type of ['AWS::KMS::Key', 'AWS::Timestream::Database'])
      assert.deepEqual(said(`{Type: ${type}}`, both), [], type);
  });

  it('is silent on types no list of a region can hold', () => {
    for (const type of [
      'Custom::Macie',
      'AWS::Serverless::Function',
      'My::Own::Part::MODULE',
      'MongoDB::Atlas::Cluster',
    ])
      assert.deepEqual(said(`{Type: "${type}"}`, both), [], type);
  });

  it('what the data do not know is unknown, not a failure', () => {
    assert.match(
      said('{Type: AWS::SageMaker::Future}', both)[0] ?? '',
      /^unknown .*state it under types of a boundary file/,
    );
    assert.match(said('{Type: AWS::constructor::toString}', both)[0] ?? '', /^unknown/);
    assert.match(said(agent('vendor.future'), both)[0] ?? '', /^unknown .*state it under models/);
    assert.match(said(agent('constructor'), both)[0] ?? '', /^unknown/);
    const [, instance] = said(config('ml.p99.xlarge'), west);
    assert.match(instance ?? '', /^unknown .*instance family p99 .*state it under families/);
    assert.match(said(config('!Ref P'), west)[1] ?? '', /^unknown .*parameter P/);
  });

  it('a family known to be lacking fails, with source and date, and a row of SageMaker’s own outweighs that of EC2', () => {
    assert.match(said(config('ml.g5.xlarge'), west)[1] ?? '', /^fail .*price list.*, 2026-07-20/);
    assert.match(said(config('ml.p5.48xlarge'), west)[1] ?? '', /^pass/);
    const own = { ids: ['ml.g5'], regions: ['us-gov-west-1'], ...dated };
    const families = [...(base.boundary.families ?? []), own];
    assert.match(said(config('ml.g5.xlarge'), west, { ...base.boundary, families })[1] ?? '', /^pass/);
    const silent = { ids: ['g5'], regions: [], ...dated };
    assert.match(said(config('ml.g5.xlarge'), west, { ...base.boundary, families: [silent] })[1] ?? '', /^unknown/);
  });

  it('the last row on an id holds, and one that names it before one whose pattern fits', () => {
    const row = (id: string, ...regions: string[]) => ({ ids: [id], regions, lacking: [], ...dated });
    const types = [row('AWS::New::Thing', 'us-gov-west-1'), row('AWS::New::*')];
    assert.deepEqual(said('{Type: AWS::New::Thing}', west, { ...base.boundary, types }), []);
    assert.match(said('{Type: AWS::New::Other}', west, { ...base.boundary, types })[0] ?? '', /^unknown/);
    const later = [...types, row('AWS::New::Thing')];
    assert.match(said('{Type: AWS::New::Thing}', west, { ...base.boundary, types: later })[0] ?? '', /^unknown/);
  });

  it('a geographic profile keeps to the boundary only where the boundary has the whole partition', () => {
    const profile = 'us-gov.openai.gpt-oss-120b-1:0';
    assert.match(said(agent(profile), both)[0] ?? '', /^pass/);
    assert.match(said(agent(profile), west)[0] ?? '', /^fail .*us-gov-east-1, outside the boundary/);
    assert.match(said(agent('us-gov.vendor.future'), both)[0] ?? '', /^unknown/);
  });

  it('an ARN is judged where it says the model is served', () => {
    const at = (region: string) => agent(`arn:aws-us-gov:bedrock:${region}::foundation-model/openai.gpt-oss-120b-1:0`);
    assert.match(said(at('us-gov-west-1'), both)[0] ?? '', /^pass/);
    assert.match(said(at('us-gov-east-1'), both)[0] ?? '', /^fail/);
    const own = 'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:provisioned-model/abc';
    assert.deepEqual(
      said(agent(own), both).filter((each) => !each.startsWith('pass')),
      [],
    );
  });

  it('a model seen in the other region only is open, unless its source told of both', () => {
    assert.match(said(agent('amazon.nova-lite-v1:0'), east)[0] ?? '', /^unknown/);
    assert.match(said(agent('anthropic.claude-opus-4-8'), east)[0] ?? '', /^fail .*only us-gov-west-1 has/);
  });

  it('without the data nothing passes', () => {
    const manifest = readManifest('t.yaml', `Resources:\n  R: ${agent('m')}\n  C: ${config('ml.g6.xlarge')}\n`, {
      ...both,
      parameters: {},
    }) as Manifest;
    const findings = check([manifest], {
      requirements: base.requirements.filter(({ id }) =>
        /^(resource-type|bedrock-model|instance-type)-in-region$/.test(id),
      ),
      settings: {},
      boundary: both,
      nvmeFamilies: base.boundary.nvmeFamilies,
      needs: [],
    });
    assert.deepEqual(
      findings.map(({ verdict }) => verdict),
      ['error', 'error', 'error', 'error'],
    );
  });
});
