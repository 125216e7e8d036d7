import { network } from './network-schema.js';

/**
 * The parts of the system file's schema that speak of endpoints. They are spelled out in place rather than by $ref, so that the
 * schemaPath of a validation error leads back to the words describing the field.
 */
export const region = {
  type: 'string',
  title: 'a region such as us-gov-west-1',
  description: 'A region of the partition: us-gov-east-1 or us-gov-west-1, or one your boundary file states.',
  pattern: '^[a-z]{2,4}(-[a-z]{2,16}){1,3}-[0-9]$',
  examples: ['us-gov-west-1', 'us-gov-east-1'],
};

export const partitionPattern = '^aws(-[a-z]{1,8}){0,3}$';

export const modelId = '^[A-Za-z0-9][A-Za-z0-9._:-]{2,127}$';

export const endpointName = {
  type: 'string',
  title: 'a name of 2 to 32 lower-case letters, digits and single hyphens that starts with a letter',
  description: 'Unique in the system. Names the rendered file and its resources.',
  pattern: '^(?=.{2,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$',
};

const ownNetwork = {
  ...network,
  description:
    'A network of this endpoint’s own, in place of the system’s: for an endpoint in another region, or one more of a kind in an existing VPC.',
};

export const bedrock = {
  type: 'object',
  description: 'A foundation model served by Amazon Bedrock, reached only through PrivateLink.',
  required: ['kind', 'name', 'region', 'model'],
  additionalProperties: false,
  properties: {
    kind: { const: 'bedrock' },
    name: endpointName,
    region: region,
    network: ownNetwork,
    model: {
      type: 'string',
      title: 'a Bedrock model id such as openai.gpt-oss-120b-1:0',
      description:
        'Bedrock model id, or a `us-gov.` geographic inference profile id when both regions are in the boundary.',
      pattern: modelId,
      examples: ['openai.gpt-oss-120b-1:0'],
    },
  },
};

export const bedrockMantle = {
  type: 'object',
  description:
    'A model behind the OpenAI-compatible plane of Amazon Bedrock, reached only through PrivateLink. That plane has no invocation log.',
  required: ['kind', 'name', 'region', 'model'],
  additionalProperties: false,
  properties: {
    kind: { const: 'bedrock-mantle' },
    name: endpointName,
    region: region,
    network: ownNetwork,
    model: {
      type: 'string',
      title: 'a model id of the OpenAI-compatible plane such as openai.gpt-oss-120b',
      description: 'Model id of that plane; most differ from the ids of the runtime, which end in a version.',
      pattern: modelId,
      examples: ['openai.gpt-oss-120b'],
    },
  },
};

/** A container image that nobody can exchange. */
export const image = {
  type: 'string',
  title: 'an ECR image pinned by digest: <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex digits>',
  maxLength: 400,
  pattern:
    '^[0-9]{12}\\.dkr\\.ecr\\.[a-z]+(-[a-z]+)+-[0-9]\\.amazonaws\\.com/[a-z0-9]+([._/-][a-z0-9]+)*@sha256:[0-9a-f]{64}$',
};

export const sagemaker = {
  type: 'object',
  description: 'A SageMaker endpoint serving a container from a private registry.',
  required: ['kind', 'name', 'region', 'model', 'image', 'artifact', 'instanceType', 'instances'],
  additionalProperties: false,
  properties: {
    kind: { const: 'sagemaker' },
    inference: {
      enum: ['real-time', 'async'],
      description:
        'Whether callers wait for the answer (real-time, the default) or hand in a request and find the answer in S3 (async).',
    },
    name: endpointName,
    region: region,
    network: ownNetwork,
    model: {
      type: 'string',
      title: 'a model name such as openai/gpt-oss-20b',
      description: 'What the model is, for people and inventories.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._/:-]{1,127}$',
      examples: ['openai/gpt-oss-20b'],
    },
    image: {
      ...image,
      description:
        'Container image in a private ECR repository of the endpoint’s region, pinned by digest. Tags are refused.',
    },
    artifact: {
      type: 'string',
      title: 'an S3 address of an object: s3://bucket/key',
      description: 'The model archive. It is loaded before the container starts, which then has no network.',
      maxLength: 1100,
      pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.*'()/=+@-]*[A-Za-z0-9!_.*'()=+@-]$",
    },
    instanceType: {
      type: 'string',
      title: 'a SageMaker instance type such as ml.g4dn.12xlarge',
      description: 'SageMaker instance type. Families with local NVMe storage are encrypted by the instance itself.',
      pattern: '^ml\\.[a-z0-9-]{2,16}\\.(metal|[0-9]{0,3}x?large|medium|small|micro|nano)$',
    },
    instances: {
      type: 'integer',
      title: 'a whole number of instances from 1 to 100',
      description: 'Number of instances behind the endpoint.',
      minimum: 1,
      maximum: 100,
    },
  },
};
