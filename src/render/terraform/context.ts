import type { BoundaryData } from '#model/base.js';
import type { AwsEndpoint, BedrockEndpoint, BedrockMantleEndpoint, SagemakerEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Network, System } from '#model/system.js';
import { halves } from '../halves.js';
import { bedrockNames, sagemakerNames } from '../names.js';
import { isNvme } from '../nvme.js';
import { serviceName } from '../service-name.js';
import { eksVllm } from './eks-vllm.js';
import { hcl, literally } from './scalar.js';

/** What the templates of an endpoint see. Values users wrote go through a helper; the rest is made here. */
export function contextOf(endpoint: AwsEndpoint, plan: Plan, boundary: BoundaryData): Record<string, unknown> {
  const { system } = plan;
  const trailName = `rampart-${system.id}-${endpoint.name}`;
  return {
    system: { id: system.id, name: system.name },
    endpoint,
    limits: plan.endpoints.find((each) => each.endpoint.name === endpoint.name)?.limits ?? [],
    baseline: plan.baseline,
    trailName,
    // Names made of a system's and an endpoint's can be longer than a role (64), a topic or a bucket may have.
    prefix: serviceName(`${system.id}-${endpoint.name}`, 40),
    bucketPrefix: serviceName(`${system.id}-${endpoint.name}`, 28),
    regions: `[${system.boundary.regions.map((region) => hcl('', region)).join(', ')}]`,
    hasPayloads: endpoint.kind === 'bedrock' || endpoint.kind === 'sagemaker',
    ...networkOf(endpoint.network ?? system.network),
    ...ofKind(endpoint, system, boundary),
  };
}

function ofKind(endpoint: AwsEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  if (endpoint.kind === 'bedrock') return bedrock(endpoint, system, boundary);
  if (endpoint.kind === 'bedrock-mantle') return mantle(endpoint, system);
  if (endpoint.kind === 'eks-vllm') return eksVllm(endpoint, system, boundary);
  return sagemaker(endpoint, system, boundary);
}

function networkOf(network: Network): Record<string, unknown> {
  if ('create' in network) {
    const zones = halves(network.create.cidr).map((cidr, index) => ({ id: index === 0 ? 'a' : 'b', cidr, index }));
    return {
      network: { create: true, cidr: network.create.cidr, zones },
      vpc: 'aws_vpc.endpoint.id',
      subnets: `[${zones.map(({ id }) => `aws_subnet.${id}.id`).join(', ')}]`,
      cidr: 'aws_vpc.endpoint.cidr_block',
    };
  }
  const { vpc, cidr, subnets } = network.existing;
  const subnetList = `[${subnets.map((subnet) => hcl('', subnet)).join(', ')}]`;
  return {
    network: { vpc, cidr, subnets, subnetList },
    vpc: 'var.vpc_id',
    subnets: 'var.subnet_ids',
    cidr: 'var.vpc_cidr',
  };
}

function bedrock(endpoint: BedrockEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const { guardrailName, isProfile, model, regions } = bedrockNames(endpoint, system, boundary);
  const foundation = (region: string): string =>
    hcl('arn:${local.partition}:bedrock:', region, '::foundation-model/', literally(model));
  const profile = hcl(
    'arn:${local.partition}:bedrock:${var.region}:${var.account_id}:inference-profile/',
    literally(endpoint.model),
  );
  const dimensions = [{ label: 'ModelId', value: endpoint.model }];
  const first = system.endpoints.find((each) => each.kind === 'bedrock' && each.region === endpoint.region);
  return {
    isBedrock: true,
    guardrailName,
    filters: ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT'],
    entities: [
      { entity: 'US_SOCIAL_SECURITY_NUMBER', action: 'ANONYMIZE' },
      { entity: 'CREDIT_DEBIT_CARD_NUMBER', action: 'ANONYMIZE' },
      { entity: 'AWS_ACCESS_KEY', action: 'BLOCK' },
      { entity: 'AWS_SECRET_KEY', action: 'BLOCK' },
      { entity: 'PASSWORD', action: 'BLOCK' },
    ],
    // Two endpoints of one account and Region would overwrite each other's account-wide setting.
    setsInvocationLogging: first?.name === endpoint.name,
    // A geographic profile needs the profile and the model in every region it may be served from.
    modelArns: [...(isProfile ? [profile] : []), ...regions.map(foundation)],
    dataEvents: [
      { name: 'Model calls', type: 'AWS::Bedrock::Model' },
      { name: 'Guardrail calls', type: 'AWS::Bedrock::Guardrail' },
      payloads,
    ],
    alarms: [
      {
        id: 'client_errors',
        description: 'Refused or malformed calls: a sign of probing',
        namespace: 'AWS/Bedrock',
        metric: 'InvocationClientErrors',
        threshold: 50,
        dimensions,
      },
      {
        id: 'throttles',
        description: 'Calls beyond the quota: a sign of abuse',
        namespace: 'AWS/Bedrock',
        metric: 'InvocationThrottles',
        threshold: 50,
        dimensions,
      },
      tampering(system, endpoint),
    ],
  };
}

function mantle(endpoint: BedrockMantleEndpoint, system: System): Record<string, unknown> {
  return {
    isMantle: true,
    // Types that a region does not know would make the trail refuse all selectors; inference is recorded under this one.
    dataEvents: [{ name: 'Inference calls', type: 'AWS::BedrockMantle::Project' }],
    alarms: [
      {
        id: 'client_errors',
        description: 'Refused or malformed calls: a sign of probing',
        namespace: 'AWS/BedrockMantle',
        metric: 'InferenceClientErrors',
        threshold: 50,
        dimensions: [{ label: 'Model', value: endpoint.model }],
      },
      tampering(system, endpoint),
    ],
  };
}

function sagemaker(endpoint: SagemakerEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const { endpointName, endpointLogGroup, harmony, bucket, key, repository } = sagemakerNames(endpoint, system);
  // Labels of one width, as terraform fmt sets them.
  const dimensions = [
    { label: 'EndpointName', value: endpointName },
    { label: 'VariantName ', value: 'primary' },
  ];
  const weightsArn = hcl('arn:${local.partition}:s3:::', literally(bucket), '/', literally(key));
  return {
    isSagemaker: true,
    async: endpoint.inference === 'async',
    captures: endpoint.inference !== 'async',
    endpointName,
    harmony,
    // Behind a prefix Terraform puts 26 characters; the name of a configuration may have 63.
    configPrefix: serviceName(`${system.id}-${endpoint.name}`, 36),
    endpointLogGroup,
    endpointArn: hcl('arn:${local.partition}:sagemaker:${var.region}:${var.account_id}:endpoint/', endpointName),
    nvme: isNvme(endpoint, boundary),
    artifact: { key },
    weightsArn,
    weightsBucketArn: hcl('arn:${local.partition}:s3:::', literally(bucket)),
    repositoryArn: hcl(
      'arn:${local.partition}:ecr:',
      repository.region,
      ':',
      repository.account,
      ':repository/',
      repository.name,
    ),
    dataEvents: [
      { name: 'Inference calls', type: 'AWS::SageMaker::Endpoint' },
      {
        name: 'Reads and writes of weights',
        type: 'AWS::S3::Object',
        objects: hcl('arn:${local.partition}:s3:::', bucket, '/', key),
      },
      payloads,
    ],
    alarms: [
      {
        id: 'server_errors',
        description: 'The model answers with errors; an update is rolled back',
        namespace: 'AWS/SageMaker',
        metric: 'Invocation5XXErrors',
        threshold: 10,
        dimensions,
      },
      {
        id: 'client_errors',
        description: 'Refused or malformed calls: a sign of probing',
        namespace: 'AWS/SageMaker',
        metric: 'Invocation4XXErrors',
        threshold: 50,
        dimensions,
      },
      ...(endpoint.inference === 'async' ? [backlog(endpointName)] : []),
      tampering(system, endpoint),
    ],
  };
}

const backlog = (endpointName: string) => ({
  id: 'backlog',
  description: 'Requests wait and no instance is there to take them',
  namespace: 'AWS/SageMaker',
  metric: 'HasBacklogWithoutCapacity',
  threshold: 0,
  dimensions: [{ label: 'EndpointName', value: endpointName }],
});

const payloads = {
  name: 'Reads and writes of prompts and answers',
  type: 'AWS::S3::Object',
  objects: hcl('${aws_s3_bucket.payload.arn}/'),
};

const tampering = (system: System, endpoint: AwsEndpoint) => ({
  id: 'tampering',
  description: 'Somebody acts on the trail, the key, the guardrail or makes an API key',
  namespace: `Rampart/${system.id}`,
  metric: `${endpoint.name}-tampering`,
  threshold: 0,
});
