import type { Network } from './network.js';

/** Kinds of model endpoint that requirements speak of. */
export const endpointKinds = [
  'bedrock',
  'bedrock-mantle',
  'sagemaker',
  'eks-vllm',
  'azure-openai',
  'vertex-ai',
] as const;

export type EndpointKind = (typeof endpointKinds)[number];

/** Kinds a system file may hold: those there are templates for, in the order they are offered. */
export const offeredKinds = ['bedrock', 'bedrock-mantle', 'sagemaker'] as const satisfies readonly EndpointKind[];

interface EndpointBase {
  /** Lower-case name, unique in the system; names the artifact and its resources. */
  name: string;
  region: string;
  /** A network of its own in place of the system's: a VPC lies in one region, and takes each service's private name once. */
  network?: Network;
}

/** A foundation model served by Amazon Bedrock, reached only through PrivateLink. */
export interface BedrockEndpoint extends EndpointBase {
  kind: 'bedrock';
  /** Bedrock model id such as `openai.gpt-oss-120b-1:0`, or a `us-gov.` geographic inference profile id. */
  model: string;
}

/**
 * A model behind the OpenAI-compatible plane of Amazon Bedrock, reached only through PrivateLink. It has rights, events, metrics and
 * model ids of its own, and neither an invocation log nor guardrails.
 */
export interface BedrockMantleEndpoint extends EndpointBase {
  kind: 'bedrock-mantle';
  /** Model id of that plane such as `openai.gpt-oss-120b`. */
  model: string;
}

/** A SageMaker endpoint serving a container from a private registry. */
export interface SagemakerEndpoint extends EndpointBase {
  kind: 'sagemaker';
  /** Whether callers wait for the answer, as where nothing is said, or find it in S3. */
  inference?: 'real-time' | 'async';
  /** What the model is, for people and inventories, e.g. `openai/gpt-oss-20b`. */
  model: string;
  /** ECR image pinned by digest: `<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex>`. */
  image: string;
  /** `s3://bucket/key` of the model archive. */
  artifact: string;
  instanceType: string;
  instances: number;
}

export type Endpoint = BedrockEndpoint | BedrockMantleEndpoint | SagemakerEndpoint;
