import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RampartError } from '#model/error.js';
import { starterSystem } from '../../src/plan/init.js';
import { plan } from '../../src/plan/plan.js';
import type { Answers } from '../../src/plan/question.js';
import { completeAnswers, questions, withoutEffect } from '../../src/plan/questions.js';
import { readSystem } from '../../src/plan/read-system.js';
import { smallBase } from './small-base.js';
import { validate } from './validator.js';

const schema = './system.schema.json';
const owner = { organization: 'Example Agency', contact: 'isso@agency.example' };
const sagemaker = {
  endpoint: ['bedrock', 'sagemaker'],
  image: `123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/vllm@sha256:${'ab'.repeat(32)}`,
  artifact: "s3://models-bucket/it's/model.tar.gz",
};
const written = (given: Answers) =>
  readSystem(starterSystem(completeAnswers(given, smallBase), schema), 'rampart.yaml', validate, smallBase);

const faults = (given: Answers): string[] => {
  try {
    completeAnswers(given, smallBase);
  } catch (error) {
    assert.ok(error instanceof RampartError);
    assert.equal(error.exit, 'usage');
    return error.problems.map(({ message }) => message);
  }
  assert.fail('accepted');
};

describe('a first system file', () => {
  it('names the schema in its first line, and can be read and planned', () => {
    const text = starterSystem(completeAnswers(owner, smallBase), schema);
    assert.equal(text.split('\n')[0], '# yaml-language-server: $schema=./system.schema.json');
    const system = readSystem(text, 'rampart.yaml', validate, smallBase);
    assert.equal(system.id, 'ai-endpoints');
    assert.equal(plan(system, smallBase).baseline, 'fedramp-rev5-moderate');
  });

  it('holds what was answered', () => {
    const system = written({
      ...owner,
      ...sagemaker,
      network: 'existing',
      vpc: 'vpc-01234567',
      cidr: '10.0.0.0/20',
      subnet: ['subnet-01234567', 'subnet-11234567'],
      account: '012345678901',
      availability: 'high',
      name: 'Prod: #1',
      id: 'prod',
    });
    assert.deepEqual(system.network, {
      existing: { vpc: 'vpc-01234567', cidr: '10.0.0.0/20', subnets: ['subnet-01234567', 'subnet-11234567'] },
    });
    assert.equal(system.boundary.account, '012345678901');
    assert.equal(system.baseline, 'fedramp-rev5-high');
    assert.equal(system.name, 'Prod: #1');
    assert.deepEqual(system.endpoints[1], {
      kind: 'sagemaker',
      name: 'sagemaker',
      region: 'us-gov-west-1',
      model: 'openai/gpt-oss-20b',
      image: sagemaker.image,
      artifact: sagemaker.artifact,
      instanceType: 'ml.g4dn.12xlarge',
      instances: 2,
    });
  });

  it('picks a model the chosen region has', () => {
    assert.equal(written({ ...owner, region: ['us-gov-east-1'] }).endpoints[0]?.model, 'amazon.nova-pro-v1:0');
    assert.equal(written(owner).endpoints[0]?.model, 'openai.gpt-oss-120b-1:0');
  });

  it('names the baseline of its own impact', () => {
    const low = { confidentiality: 'low', integrity: 'low', availability: 'low' };
    assert.equal(written({ ...owner, ...low }).baseline, 'fedramp-rev5-low');
  });

  it('keeps any name as it is', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(name, name, (one, two) => {
        const given = { name: one, organization: two, contact: 'x', id: 'same' };
        const wrong = questions(smallBase).some(
          ({ name: flag, fault }) => (flag === 'name' && fault(one, {})) || (flag === 'organization' && fault(two, {})),
        );
        fc.pre(!wrong);
        const system = written(given);
        assert.deepEqual([system.name, system.owner.organization], [one, two]);
      }),
    );
  });

  it('lists every flag that is missing or wrong, what is wrong first', () => {
    assert.deepEqual(
      faults({ endpoint: 'sagemaker', availability: 'hihg', cidr: '10.0.0.1/16', region: ['us-east-1'] }),
      [
        '--availability: "hihg" is not low, moderate or high. Did you mean high?',
        '--region: "us-east-1" is not us-gov-east-1 or us-gov-west-1. Did you mean us-gov-east-1?',
        '--cidr: "10.0.0.1/16" does not start on a /16 border; use 10.0.0.0/16.',
        '--organization is needed: Agency or office that owns it.',
        '--contact is needed: Mail address or role to reach.',
        '--image is needed: ECR image of the SageMaker container, pinned by digest.',
        '--artifact is needed: S3 address of the model archive.',
      ],
    );
    assert.deepEqual(faults({ ...owner, network: 'existing', vpc: 'vpc-01234567', subnet: ['subnet-01234567'] }), [
      '--subnet: give two or more, in different availability zones.',
    ]);
  });

  it('holds what was said against what exists though other answers are missing or wrong', () => {
    const [model, ...others] = faults({ model: 'openai.gpt-oss-120b-1:O' });
    assert.match(model ?? '', /^--model: .* Did you mean openai/);
    assert.deepEqual(
      others.map((fault) => fault.split(' ')[0]),
      ['--organization', '--contact'],
    );
    const both = faults({ ...owner, model: 'openai.gpt-oss-120b-1:O', integrity: 'hihg' });
    assert.deepEqual(
      both.map((fault) => fault.split(' ')[0]),
      ['--integrity:', '--model:'],
    );
    // Of an answer that was never given nobody is told that it is wrong.
    assert.deepEqual(
      faults({ ...owner, endpoint: 'sagemaker' }).map((fault) => fault.split(' ')[0]),
      ['--image', '--artifact'],
    );
  });

  it('says what cannot be before it writes a file that is refused', () => {
    assert.match(faults({ ...owner, model: 'openai.gpt-oss-120b-1:O' })[0] ?? '', /^--model: .* Did you mean openai/);
    assert.match(faults({ ...owner, model: 'us.amazon.nova-pro-v1:0' })[0] ?? '', /^--model: .*outside aws-us-gov/);
    const east = { ...owner, ...sagemaker, region: ['us-gov-east-1', 'us-gov-west-1'] };
    assert.match(
      faults({ ...east, image: sagemaker.image.replace('west', 'east'), region: ['us-gov-west-1'] })[0] ?? '',
      /^--image: "us-gov-east-1" is not among the regions, us-gov-west-1\.$/,
    );
    assert.match(
      faults({ ...owner, region: ['usgovvirginia'] })[0] ?? '',
      /^--region: "usgovvirginia" is not us-gov-east-1 or us-gov-west-1\./,
    );
  });

  it('names the flags that have no effect on the system', () => {
    const given = { ...owner, image: sagemaker.image, vpc: 'vpc-01234567', model: 'openai.gpt-oss-120b-1:0' };
    assert.deepEqual(withoutEffect(given, completeAnswers(given, smallBase), smallBase), ['--vpc', '--image']);
    assert.deepEqual(withoutEffect(owner, completeAnswers(owner, smallBase), smallBase), []);
  });
});
