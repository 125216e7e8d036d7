import type { BoundaryData } from '#model/base.js';
import type { BedrockEndpoint, Endpoint, SagemakerEndpoint } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { Network, System } from '#model/system.js';
import { serviceName } from './name.js';
import { literally, sub, yaml } from './scalar.js';

/** What the templates of an endpoint see. Values users wrote go through a helper; the rest is made here. */
export function contextOf(endpoint: Endpoint, plan: Plan, boundary: BoundaryData): Record<string, unknown> {
  const { system } = plan;
  const trailName = `rampart-${system.id}-${endpoint.name}`;
  const trailArn = sub('arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/', trailName);
  return {
    system: { id: system.id, name: system.name },
    endpoint,
    baseline: plan.baseline,
    trailName,
    trailArn,
    regions: `[${system.boundary.regions.map(yaml).join(', ')}]`,
    ...networkOf(system.network),
    ...(endpoint.kind === 'bedrock' ? bedrock(endpoint, system, boundary) : sagemaker(endpoint, system, boundary)),
  };
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

/** The two halves of an IPv4 network, one for each zone. */
export function halves(cidr: string): [string, string] {
  const [address = '', prefix = ''] = cidr.split('/');
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const length = Number(prefix) + 1;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const spell = (number: number): string =>
    [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
  return [`${spell(first)}/${length}`, `${spell(first + 2 ** (32 - length))}/${length}`];
}

function bedrock(endpoint: BedrockEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const { regions } = system.boundary;
  const isProfile = endpoint.model.startsWith('us-gov.');
  const model = isProfile ? endpoint.model.slice('us-gov.'.length) : endpoint.model;
  const served = boundary.models.find((each) => each.id === model)?.regions ?? regions;
  const foundation = (region: string): string =>
    sub('arn:${AWS::Partition}:bedrock:', region, '::foundation-model/', model);
  // A geographic profile needs the profile and the model in every region it may be served from.
  const modelArns = isProfile
    ? [
        sub('arn:${AWS::Partition}:bedrock:', endpoint.region, ':${AWS::AccountId}:inference-profile/', endpoint.model),
        ...[...new Set([endpoint.region, ...served, ...regions])].sort().map(foundation),
      ]
    : [foundation(endpoint.region)];
  return {
    isBedrock: true,
    // A guardrail's name may have 50 characters.
    guardrailName: serviceName(`${system.id}-${endpoint.name}`, 50),
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

function sagemaker(endpoint: SagemakerEndpoint, system: System, boundary: BoundaryData): Record<string, unknown> {
  const endpointName = serviceName(`${system.id}-${endpoint.name}`, 63);
  const [bucket = '', ...key] = endpoint.artifact.replace(/^s3:\/\//, '').split('/');
  const [host = '', ...repository] = endpoint.image.replace(/@.*$/, '').split('/');
  const [account, , , region] = host.split('.');
  const dimensions = `[{Name: EndpointName, Value: ${yaml(endpointName)}}, {Name: VariantName, Value: primary}]`;
  // A tag beside the digest names nothing more.
  const repositoryName = repository.join('/').replace(/:[^/:]*$/, '');
  const weightsBucketArn = sub('arn:${AWS::Partition}:s3:::', bucket);
  const weightsArn = sub(`arn:\${AWS::Partition}:s3:::`, bucket, `/${literally(key.join('/'))}`);
  return {
    isSagemaker: true,
    endpointName,
    endpointLogGroup: `/aws/sagemaker/Endpoints/${endpointName}`,
    endpointArn: sub('arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:endpoint/', endpointName),
    nvme: isNvme(endpoint, boundary),
    artifact: { key: key.join('/') },
    weightsArn,
    weightsBucketArn,
    repositoryArn: sub('arn:${AWS::Partition}:ecr:', region, ':', account, ':repository/', repositoryName),
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
      tampering(system, endpoint),
    ],
  };
}

/** Whether the instances store on local NVMe, which refuses a volume key. Not knowing is an error: either answer could be wrong. */
function isNvme({ name, instanceType }: SagemakerEndpoint, { nvmeFamilies }: BoundaryData): boolean {
  const [, family = ''] = instanceType.split('.');
  if (nvmeFamilies.families.includes(family)) return true;
  if (nvmeFamilies.without?.includes(family)) return false;
  throw new RampartError(
    'RAMPART_UNKNOWN_INSTANCE_FAMILY',
    `${name}: whether instances of family ${family} store on local NVMe is not known, so neither is whether SageMaker takes a volume key for them`,
    {
      exit: 'input',
      next: `Choose an instance type of a known family: ${[...nvmeFamilies.families, ...(nvmeFamilies.without ?? [])].sort().join(', ')}.`,
    },
  );
}

const payloads = {
  name: 'Reads and writes of prompts and answers',
  type: 'AWS::S3::Object',
  objects: '!Sub "${PayloadBucket.Arn}/"',
};

const modelDimension = (endpoint: BedrockEndpoint): string => `[{Name: ModelId, Value: ${yaml(endpoint.model)}}]`;

const tampering = (system: System, endpoint: Endpoint) =>
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
