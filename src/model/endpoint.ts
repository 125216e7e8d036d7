import type { ModelRecord } from './model-record.js';
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
export const offeredKinds = [
  'bedrock',
  'bedrock-mantle',
  'sagemaker',
  'eks-vllm',
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
  /** A network of its own in place of the system's: a VPC lies in one region, and takes each service's private name once. */
  network?: Network;
  /** What is known of the model itself. */
  record?: ModelRecord;
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

/** A model served by vLLM on an EKS cluster of its own, behind a proxy that ends TLS. */
export interface EksVllmEndpoint extends EndpointBase {
  kind: 'eks-vllm';
  /** The name callers give in their requests, e.g. `openai/gpt-oss-20b`. */
  model: string;
  /** ECR images pinned by digest. */
  images: {
    /** vLLM. */
    server: string;
    /** nginx, which ends TLS and lets `/v1/` through. */
    proxy: string;
    /** A shell, `sha256sum` and the AWS CLI, to fetch and verify the weights before the server starts. */
    loader: string;
  };
  weights: {
    /** `s3://bucket/prefix` of the files and of `SHA256SUMS`, which lists them. */
    from: string;
    /** SHA-256 of `SHA256SUMS` itself: what it does not vouch for is not served. */
    sha256: string;
    /** Room for the files, in GiB. */
    gib: number;
  };
  /** How the FIPS endpoint of S3 is reached: AWS's prefix list of the Region, and the ranges in it. */
  s3: { prefixList: string; ranges: readonly string[] };
  instanceType: string;
  /** Nodes with accelerators, and with them replicas: one on each. */
  instances: number;
  /** Most tokens of a request and its answer. */
  contextLength: number;
  /** Kubernetes namespaces whose pods may call the model. */
  callers: readonly string[];
  /** IAM role, with its path, that may change what runs in the namespace of the endpoint. */
  deployer: string;
  /** Version of Kubernetes, such as `1.34`. */
  kubernetes: string;
  /** Names of secrets of the namespace: `tls.crt` and `tls.key`; the API key under `api-key`. */
  secrets?: { tls?: string; apiKey?: string };
  /** Said by whoever knows that GovCloud is not seen to have instances with Inferentia or Trainium that vLLM runs on. */
  acknowledge?: readonly 'neuron-not-seen-in-govcloud'[];
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

export type AwsEndpoint = BedrockEndpoint | BedrockMantleEndpoint | SagemakerEndpoint | EksVllmEndpoint;

export type Endpoint = AwsEndpoint | AzureOpenaiEndpoint | VertexAiEndpoint;

export const isAws = (endpoint: Endpoint): endpoint is AwsEndpoint => cloudOf[endpoint.kind] === undefined;
