import type { BoundaryData } from '#model/base.js';
import type { AwsEndpoint, BedrockEndpoint, BedrockMantleEndpoint, SagemakerEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Network, System } from '#model/system.js';
import { halves } from '../halves.js';
import { bedrockNames, sagemakerNames } from '../names.js';
import { isNvme } from '../nvme.js';
import { eksVllm } from './eks-vllm.js';
import { literally, sub, yaml } from './scalar.js';

/** What the templates of an endpoint see. Values users wrote go through a helper; the rest is made here. */
export function contextOf(endpoint: AwsEndpoint, plan: Plan, boundary: BoundaryData): Record<string, unknown> {
  const { system } = plan;
  const trailName = `rampart-${system.id}-${endpoint.name}`;
  const trailArn = sub('arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/', trailName);
  return {
    system: { id: system.id, name: system.name },
    endpoint,
    limits: plan.endpoints.find((each) => each.endpoint.name === endpoint.name)?.limits ?? [],
    baseline: plan.baseline,
    trailName,
    trailArn,
    regions: `[${system.boundary.regions.map(yaml).join(', ')}]`,
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
    const created = halves(network.create.cidr).map((cidr, index) => ({
      id: index === 0 ? 'SubnetA' : 'SubnetB',
      cidr,
      index,
    }));
    return {
      network: { create: true, cidr: network.create.cidr, created },
      vpc: '!Ref Vpc',
      subnets: `[${created.map(({ id }) => `!Ref ${id}`).join(', ')}]`,
    };
  }
  const { vpc, cidr, subnets } = network.existing;
  return { network: { cidr }, vpc: yaml(vpc), subnets: `[${subnets.map(yaml).join(', ')}]` };
}

function bedrock(endpoint: BedrockEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const { guardrailName, isProfile, model, regions } = bedrockNames(endpoint, system, boundary);
  const foundation = (region: string): string =>
    sub('arn:${AWS::Partition}:bedrock:', region, '::foundation-model/', model);
  // A geographic profile needs the profile and the model in every region it may be served from.
  const modelArns = isProfile
    ? [
        sub('arn:${AWS::Partition}:bedrock:', endpoint.region, ':${AWS::AccountId}:inference-profile/', endpoint.model),
        ...regions.map(foundation),
      ]
    : [foundation(endpoint.region)];
  return {
    isBedrock: true,
    guardrailName,
    modelArns,
    dataEvents: [
      { name: 'Model calls', type: 'AWS::Bedrock::Model' },
      { name: 'Guardrail calls', type: 'AWS::Bedrock::Guardrail' },
      payloads,
    ],
    alarms: [
      alarm(
        'ClientErrorAlarm',
        'Refused or malformed calls: a sign of probing',
        'AWS/Bedrock',
        'InvocationClientErrors',
        50,
        modelDimension(endpoint),
      ),
      alarm(
        'ThrottleAlarm',
        'Calls beyond the quota: a sign of abuse',
        'AWS/Bedrock',
        'InvocationThrottles',
        50,
        modelDimension(endpoint),
      ),
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
      alarm(
        'ClientErrorAlarm',
        'Refused or malformed calls: a sign of probing',
        'AWS/BedrockMantle',
        'InferenceClientErrors',
        50,
        `[{Name: Model, Value: ${yaml(endpoint.model)}}]`,
      ),
      tampering(system, endpoint),
    ],
  };
}

function sagemaker(endpoint: SagemakerEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const { endpointName, endpointLogGroup, harmony, bucket, key, repository } = sagemakerNames(endpoint, system);
  const dimensions = `[{Name: EndpointName, Value: ${yaml(endpointName)}}, {Name: VariantName, Value: primary}]`;
  const weightsBucketArn = sub('arn:${AWS::Partition}:s3:::', bucket);
  const weightsArn = sub(`arn:\${AWS::Partition}:s3:::`, bucket, `/${literally(key)}`);
  return {
    isSagemaker: true,
    async: endpoint.inference === 'async',
    endpointName,
    harmony,
    endpointLogGroup,
    endpointArn: sub('arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:endpoint/', endpointName),
    nvme: isNvme(endpoint, boundary),
    artifact: { key },
    weightsArn,
    weightsBucketArn,
    repositoryArn: sub(
      'arn:${AWS::Partition}:ecr:',
      repository.region,
      ':',
      repository.account,
      ':repository/',
      repository.name,
    ),
    dataEvents: [
      { name: 'Inference calls', type: 'AWS::SageMaker::Endpoint' },
      { name: 'Reads and writes of weights', type: 'AWS::S3::Object', objects: weightsArn },
      payloads,
    ],
    alarms: [
      alarm(
        'ServerErrorAlarm',
        'The model answers with errors; an update is rolled back',
        'AWS/SageMaker',
        'Invocation5XXErrors',
        10,
        dimensions,
      ),
      alarm(
        'ClientErrorAlarm',
        'Refused or malformed calls: a sign of probing',
        'AWS/SageMaker',
        'Invocation4XXErrors',
        50,
        dimensions,
      ),
      ...(endpoint.inference === 'async' ? [backlog(endpointName)] : []),
      tampering(system, endpoint),
    ],
  };
}

const backlog = (endpointName: string) =>
  alarm(
    'BacklogAlarm',
    'Requests wait and no instance is there to take them',
    'AWS/SageMaker',
    'HasBacklogWithoutCapacity',
    0,
    `[{Name: EndpointName, Value: ${yaml(endpointName)}}]`,
  );

const payloads = {
  name: 'Reads and writes of prompts and answers',
  type: 'AWS::S3::Object',
  objects: '!Sub "${PayloadBucket.Arn}/"',
};

const modelDimension = (endpoint: BedrockEndpoint): string => `[{Name: ModelId, Value: ${yaml(endpoint.model)}}]`;

const tampering = (system: System, endpoint: AwsEndpoint) =>
  alarm(
    'TamperingAlarm',
    'Somebody acts on the trail, the key, the guardrail or makes an API key',
    `Rampart/${system.id}`,
    `${endpoint.name}-tampering`,
    0,
  );

const alarm = (
  id: string,
  description: string,
  namespace: string,
  metric: string,
  threshold: number,
  dimensions?: string,
) => ({
  id,
  description,
  namespace,
  metric,
  threshold,
  dimensions,
});
