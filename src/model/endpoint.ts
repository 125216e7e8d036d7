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
export const offeredKinds = [
  'bedrock',
  'sagemaker',
  'azure-openai',
  'vertex-ai',
] as const satisfies readonly EndpointKind[];

/** Kinds that are in a cloud beside AWS, which the boundary must name; all others are in a partition of AWS. */
export const cloudOf: Readonly<Partial<Record<EndpointKind, string>>> = {
  'azure-openai': 'azure-us-gov',
  'vertex-ai': 'google-us',
};

interface EndpointBase {
  /** Lower-case name, unique in the system; names the artifact and its resources. */
  name: string;
  region: string;
}

/** A foundation model served by Amazon Bedrock, reached only through PrivateLink. */
export interface BedrockEndpoint extends EndpointBase {
  kind: 'bedrock';
  /** Bedrock model id such as `openai.gpt-oss-120b-1:0`, or a `us-gov.` geographic inference profile id. */
  model: string;
}

/** A real-time SageMaker endpoint serving a container from a private registry. */
export interface SagemakerEndpoint extends EndpointBase {
  kind: 'sagemaker';
  /** What the model is, for people and inventories, e.g. `openai/gpt-oss-20b`. */
  model: string;
  /** ECR image pinned by digest: `<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<64 hex>`. */
  image: string;
  /** `s3://bucket/key` of the model archive. */
  artifact: string;
  instanceType: string;
  instances: number;
}

/** A model of Azure OpenAI in Azure Government, reached only through a private endpoint. */
export interface AzureOpenaiEndpoint extends EndpointBase {
  kind: 'azure-openai';
  /** Name of the model, e.g. `gpt-4.1`. */
  model: string;
  /** The version that was tested, e.g. `2025-04-14`; Azure is told to keep it. */
  version: string;
  /** Both process prompts in the region of the account; other types do not. */
  throughput: 'Standard' | 'ProvisionedManaged';
  /** Thousands of tokens a minute, or provisioned units. */
  capacity: number;
}

/** A Vertex AI endpoint for a model of the agency's own, in an Assured Workloads folder. */
export interface VertexAiEndpoint extends EndpointBase {
  kind: 'vertex-ai';
  /** What the model is, for people and inventories, e.g. `openai/gpt-oss-20b`. */
  model: string;
  /** The control package of the folder; with `folder`, the one that folder was made with. */
  regime: 'FEDRAMP_HIGH' | 'FEDRAMP_MODERATE' | 'IL4' | 'IL5';
  /** Number of an Assured Workloads folder that is there; without it one is made. */
  folder?: string;
}

export type AwsEndpoint = BedrockEndpoint | SagemakerEndpoint;

export type Endpoint = AwsEndpoint | AzureOpenaiEndpoint | VertexAiEndpoint;

export const isAws = (endpoint: Endpoint): endpoint is AwsEndpoint => cloudOf[endpoint.kind] === undefined;
