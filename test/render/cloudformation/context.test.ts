import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { SagemakerEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import { contextOf } from '../../../src/render/cloudformation/context.js';
import { halves } from '../../../src/render/halves.js';
import { base } from '../../controls/base.js';
import { variants } from '../plans.js';

const [{ plan }] = variants as unknown as [{ plan: Plan }];
const endpoint = plan.system.endpoints.find((each) => each.kind === 'sagemaker') as SagemakerEndpoint;

const context = (change: Partial<SagemakerEndpoint>) =>
  contextOf({ ...endpoint, ...change }, plan, base.boundary) as Record<string, string>;

/** The text of a short `!Sub`. */
const text = (scalar: string | undefined): string => parse((scalar ?? '').replace(/^!Sub /, '')) as string;

describe('what CloudFormation templates see', () => {
  it('halves a network without overlap or gap', () => {
    assert.deepEqual(halves('10.40.0.0/22'), ['10.40.0.0/23', '10.40.2.0/23']);
    assert.deepEqual(halves('10.0.0.0/16'), ['10.0.0.0/17', '10.0.128.0/17']);
    assert.deepEqual(halves('192.168.255.192/26'), ['192.168.255.192/27', '192.168.255.224/27']);
  });

  it('does not let a star in the name of an object become a wildcard of the role', () => {
    const { weightsArn } = context({ artifact: 's3://weights/gpt*/model?.tar.gz' });
    assert.equal(text(weightsArn), 'arn:${AWS::Partition}:s3:::weights/gpt${!*}/model${!?}.tar.gz');
  });

  it('names the repository of an image in the registry’s own account and region, without tag and digest', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const image = `442386744353.dkr.ecr.us-gov-west-1.amazonaws.com/team/vllm:v1@${digest}`;
    assert.equal(
      text(context({ image }).repositoryArn),
      'arn:${AWS::Partition}:ecr:us-gov-west-1:442386744353:repository/team/vllm',
    );
  });

  it('gives a volume key to instances without local NVMe only', () => {
    assert.equal(context({ instanceType: 'ml.g4dn.12xlarge' }).nvme, true);
    assert.equal(context({ instanceType: 'ml.m5.4xlarge' }).nvme, false);
  });

  it('needs the model in every region a geographic profile may choose, and one region otherwise', () => {
    const bedrock = plan.system.endpoints.find((each) => each.kind === 'bedrock');
    assert.ok(bedrock?.kind === 'bedrock');
    const boundary = { ...plan.system.boundary, regions: ['us-gov-west-1', 'us-gov-east-1'] };
    const wide: Plan = { ...plan, system: { ...plan.system, boundary } };
    const arns = (model: string): string[] =>
      (contextOf({ ...bedrock, model }, wide, base.boundary).modelArns as string[]).map(text);
    assert.deepEqual(arns('openai.gpt-oss-120b-1:0'), [
      'arn:${AWS::Partition}:bedrock:us-gov-west-1::foundation-model/openai.gpt-oss-120b-1:0',
    ]);
    assert.deepEqual(arns('us-gov.openai.gpt-oss-120b-1:0'), [
      'arn:${AWS::Partition}:bedrock:us-gov-west-1:${AWS::AccountId}:inference-profile/us-gov.openai.gpt-oss-120b-1:0',
      'arn:${AWS::Partition}:bedrock:us-gov-east-1::foundation-model/openai.gpt-oss-120b-1:0',
      'arn:${AWS::Partition}:bedrock:us-gov-west-1::foundation-model/openai.gpt-oss-120b-1:0',
    ]);
  });
});
