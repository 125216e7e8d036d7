import { recordPlace } from './model-record-schema.js';
import { network } from './network-schema.js';

/**
 * The parts of the system file's schema that speak of endpoints. They are spelled out in place rather than by $ref, so that the
 * schemaPath of a validation error leads back to the words describing the field.
 */
export const region = {
  type: 'string',
  title: 'a region such as us-gov-west-1',
  description:
    'A region of the partition: us-gov-east-1 or us-gov-west-1, usgovvirginia or usgovarizona, us-central1 and the like, or one your boundary file states.',
  pattern: '^[a-z]{2,16}(-[a-z]{2,16}){0,3}-?[0-9]{0,2}$',
  examples: ['us-gov-west-1', 'us-gov-east-1', 'usgovvirginia', 'us-east4'],
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
    record: recordPlace,
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
    record: recordPlace,
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
    record: recordPlace,
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

export const azureOpenai = {
  type: 'object',
  description: 'A model of Azure OpenAI in Azure Government, reached only through a private endpoint.',
  required: ['kind', 'name', 'region', 'model', 'version', 'throughput', 'capacity'],
  additionalProperties: false,
  properties: {
    kind: { const: 'azure-openai' },
    record: recordPlace,
    name: endpointName,
    region: region,
    model: {
      type: 'string',
      title: 'a model name such as gpt-4.1',
      description: 'Name of the model, as Azure OpenAI lists it.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$',
      examples: ['gpt-4.1'],
    },
    version: {
      type: 'string',
      title: 'a version of the model such as 2025-04-14, in quotes',
      description: 'The version that was tested. Azure is told to keep it until you name another.',
      pattern: '^[0-9][A-Za-z0-9._-]{0,31}$',
      examples: ['2025-04-14'],
    },
    throughput: {
      enum: ['Standard', 'ProvisionedManaged'],
      description:
        'Standard is paid by the token, ProvisionedManaged is reserved. Both process prompts in the region of the account; data zone and global types do not and are refused.',
    },
    capacity: {
      type: 'integer',
      title: 'a whole number from 1 to 100000',
      description: 'Thousands of tokens a minute for Standard, provisioned throughput units for ProvisionedManaged.',
      minimum: 1,
      maximum: 100000,
    },
  },
};

export const vertexAi = {
  type: 'object',
  description: 'A Vertex AI endpoint for a model of your own, in a folder of Assured Workloads.',
  required: ['kind', 'name', 'region', 'model', 'regime'],
  additionalProperties: false,
  properties: {
    kind: { const: 'vertex-ai' },
    record: recordPlace,
    name: endpointName,
    region: region,
    model: {
      type: 'string',
      title: 'a model name such as openai/gpt-oss-20b',
      description: 'What the model is, for people and inventories.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._/:-]{1,127}$',
      examples: ['openai/gpt-oss-20b'],
    },
    regime: {
      enum: ['FEDRAMP_HIGH', 'FEDRAMP_MODERATE', 'IL4', 'IL5'],
      description: 'Control package of the Assured Workloads folder.',
    },
    folder: {
      type: 'string',
      title: 'the number of a folder in quotes, such as "123456789012"',
      description: 'An Assured Workloads folder of that control package that is there. Left out, one is made.',
      pattern: '^[0-9]{6,20}$',
    },
  },
};
