import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import { cloudOf, type Endpoint, offeredKinds } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { render, targets } from '../../src/render/render.js';
import { againstOf, standpointOf } from '../../src/session/gate.js';
import { base } from '../controls/base.js';
import { templates, variants, withAccount } from '../render/plans.js';

const folder = new URL('../../templates/', import.meta.url);
const textOf = (under: string): string =>
  readdirSync(new URL(under, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => readFileSync(new URL(path, new URL(under, folder)), 'utf8'))
    .join('\n');

describe('law 5: every setting a requirement names reaches the templates of its kinds', () => {
  for (const [kind, target] of offeredKinds.flatMap((each) =>
    [...targets.keys()]
      .filter((name) => existsSync(new URL(`${each}/${name}/`, folder)))
      .map((name) => [each, name] as const),
  )) {
    it(`${kind}, ${target}`, () => {
      // The blocks of Terraform are those of AWS; of what other clouds take of them, none reads a setting.
      const isOther = target === 'terraform' && cloudOf[kind] !== undefined;
      const blocks = !isOther && existsSync(new URL(`blocks/${target}/`, folder)) ? textOf(`blocks/${target}/`) : '';
      const text = textOf(`${kind}/${target}/`) + blocks;
      const named = base.requirements
        .filter(({ endpoints }) => endpoints.includes(kind))
        // A workload has no place for what is asked of the cluster and its account only.
        .filter(({ expect }) => target !== 'kubernetes' || expect.kubernetes)
        .flatMap(({ settings }) => Object.keys(settings));
      assert.ok(named.length > 0);
      assert.deepEqual(
        [...new Set(named)].filter((id) => !text.includes(`setting "${id}"`)),
        [],
      );
    });
  }
});

/** Requirements that speak of resources no stack of ours holds: there is no such thing to harden in them. */
const nothingToJudge: Readonly<Record<string, string>> = {
  'environment-in-boundary': 'what runs in the stack is told no place',
  'deployment-account': 'the template is no set of stacks, and nothing beside it says where it goes',
  'nested-template-known': 'the stack nests no other',
  'provider-region': 'the template is no set of stacks, and nothing beside it says where it goes',
  'log-data-protection': 'log groups have no data protection policy; where one has, it is judged',
  'sagemaker-config-network-isolation': 'the configuration names a model, which is isolated itself',
  'resource-policy-no-public': 'the stack has no stream, table, vault, file system, event bus or package of its own',
  'build-logs': 'the stack builds nothing',
  'build-not-public': 'the stack builds nothing',
  'container-no-shell': 'the stack has no tasks',
  'data-store-kms': 'the stack has none of these stores',
  'network-acl-ingress': 'subnets keep the network ACL of the VPC, and security groups lock them',
  'network-firewall': 'nothing goes to the internet',
  'ecr-immutable-tags': 'the repository is the agency’s own, outside the stack',
  'ecr-kms': 'the repository is the agency’s own, outside the stack',
  'ecr-replication-region': 'the repository is the agency’s own, outside the stack',
  'ecr-scan-on-push': 'the repository is the agency’s own, outside the stack',
  'iam-no-inline-policy': 'the stack creates no users or groups',
  'iam-no-long-lived-keys': 'the stack creates no users',
  'instance-metadata-v2': 'the stack launches no EC2 instances',
  'load-balancer-internal': 'callers use PrivateLink, not a load balancer',
  'load-balancer-logs': 'callers use PrivateLink, not a load balancer',
  'dns-forwarding-private': 'the network forwards no names and leaves its resolver to AWS',
  'load-balancer-tls': 'callers use PrivateLink, not a load balancer',
  'no-internet-route': 'the network has no routes of its own',
  'no-plain-text-passwords': 'the stack has nothing one logs into by password',
  'resource-type-in-region': 'every region of the partition has all types of the stack',
  'secret-kms': 'the stack holds no secrets',
  'user-data-no-secrets': 'the stack launches no EC2 instances',
  'volume-kms': 'the stack attaches no EC2 volumes',
};

/** With a network that exists, what belongs to it is not the stack's. */
const ofTheNetwork = new Set(['model-subnet-no-nat', 'subnet-no-public-ip', 'vpc-flow-logs']);

/** What the endpoints of a plan leave without an object, each with the reason. */
function ofItsEndpoints({ endpoints }: Plan): Set<string> {
  const all = endpoints.map(({ endpoint }) => endpoint);
  const excused = new Set<string>();
  const excuse = (ids: string, reason: string, holds: boolean) => {
    assert.ok(reason);
    for (const id of holds ? ids.split(' ') : []) excused.add(id);
  };
  const async = (each: Endpoint) => each.kind === 'sagemaker' && each.inference === 'async';
  excuse('async-inference-record', 'callers wait for the answer', !all.some(async));
  excuse(
    'sagemaker-data-capture sagemaker-two-instances',
    'requests wait in a queue and stay in a bucket',
    all.every((each) => each.kind !== 'sagemaker' || async(each)),
  );
  excuse('no-inline-secrets', 'no container has an environment', !all.some(({ kind }) => kind === 'sagemaker'));
  excuse('vpc-endpoint-fips', 'no FIPS host of that plane is known', !all.some(({ kind }) => kind === 'bedrock'));
  return excused;
}

/** Services the stacks of one endpoint do not use, each with the reason: requirements that speak of nothing else have nothing to judge. */
const otherServices: Readonly<Record<string, string>> = {
  'AWS::ApiGateway': 'callers reach the endpoint through PrivateLink, not through an API',
  'AWS::ApplicationAutoScaling': 'the number of instances is fixed',
  'AWS::Athena': 'the stack asks no questions of tables',
  'AWS::Backup': 'the stack keeps nothing but logs and the agency’s own model',
  'AWS::Bedrock::Agent': 'the endpoint is a model, not an agent',
  'AWS::AmazonMQ': 'the stack has no broker',
  'AWS::Batch': 'the stack has no jobs',
  'AWS::Bedrock::Blueprint': 'the endpoint is a model, and reads no documents',
  'AWS::Bedrock::DataAutomationProject': 'the endpoint is a model, and reads no documents',
  'AWS::Bedrock::DataSource': 'the endpoint is a model, not a knowledge base',
  'AWS::Bedrock::EnforcedGuardrailConfiguration': 'it is set for the account, by the runbook',
  'AWS::Bedrock::Flow': 'the endpoint is a model, not a flow',
  'AWS::Bedrock::ApplicationInferenceProfile': 'the model is called by its own id',
  'AWS::Bedrock::KnowledgeBase': 'the endpoint is a model, not a knowledge base',
  'AWS::Bedrock::Prompt': 'the endpoint is a model, without stored prompts',
  'AWS::BedrockAgentCore': 'the endpoint is a model, not an agent',
  'AWS::Cassandra': 'the stack has no database',
  'AWS::CloudTrail::EventDataStore': 'its trail writes to a bucket',
  'AWS::Cognito': 'nobody signs in to the stack',
  'AWS::Config': 'one recorder serves the account',
  'AWS::DLM': 'the stack has no volumes',
  'AWS::DMS': 'the stack has no database',
  'AWS::DocDB': 'the stack has no database',
  'AWS::DynamoDB': 'the stack has no database',
  'AWS::EC2::NetworkInterfacePermission': 'nobody else attaches its interfaces',
  'AWS::EC2::SnapshotBlockPublicAccess': 'it is set for the account',
  'AWS::EC2::TransitGateway': 'the network is joined to no other',
  'AWS::EC2::VPCBlockPublicAccess': 'it is set for the account',
  'AWS::EC2::VPCEndpointService': 'callers reach the endpoint through PrivateLink of AWS itself',
  'AWS::EC2::VPCPeeringConnection': 'the network is joined to no other',
  'AWS::ECR': 'the repository is the agency’s own, outside the stack',
  'AWS::ECS': 'the stack has no tasks',
  'AWS::EFS': 'the stack has no file system',
  'AWS::ElastiCache': 'the stack has no cache',
  'AWS::Elasticsearch': 'the stack has no index',
  'AWS::ElasticLoadBalancing::': 'the service balances the load',
  'AWS::ElasticLoadBalancingV2': 'the service balances the load',
  'AWS::Events::Archive': 'the stack keeps no events',
  'AWS::FSx': 'the stack has no file system',
  'AWS::Glue': 'the stack has no catalog of tables',
  'AWS::GuardDuty': 'one detector serves the account',
  'AWS::ImageBuilder': 'the stack builds no images',
  'AWS::Kinesis': 'the stack has no stream',
  'AWS::Lambda': 'the stack has no function',
  'AWS::MSK': 'the stack has no stream',
  'AWS::MemoryDB': 'the stack has no cache',
  'AWS::Neptune': 'the stack has no database',
  'AWS::OpenSearch': 'the stack has no index',
  'AWS::RAM': 'the stack shares nothing',
  'AWS::RDS': 'the stack has no database',
  'AWS::Redshift': 'the stack has no database',
  'AWS::S3::AccessPoint': 'buckets are reached by their names',
  'AWS::S3::AccessGrant': 'buckets are reached by policies',
  'AWS::SageMaker::Domain': 'nobody develops in the stack',
  'AWS::SageMaker::ModelCard': 'what is known of the model is in the system file',
  'AWS::SageMaker::ModelPackage': 'the model is an archive, not a package of a registry',
  'AWS::SageMaker::NotebookInstance': 'nobody develops in the stack',
  'AWS::SageMaker::ProcessingJob': 'the stack answers, and has no jobs',
  'AWS::SecretsManager': 'the stack has no secret',
  'AWS::SecurityHub': 'one hub serves the account',
  'AWS::SecurityLake': 'the stack has no data lake',
  'AWS::ServiceCatalog': 'the stack has no products',
  'AWS::SSM': 'the stack has no parameters or documents of Systems Manager',
  'AWS::Signer': 'images are signed where they are built',
  'AWS::StepFunctions': 'the stack has no state machine',
  'AWS::Timestream': 'the stack has no database',
  'AWS::WAFv2': 'nothing of the stack is on the web',
  'AWS::Transfer': 'the stack takes no files',
  'AWS::EMR': 'the stack has no clusters that make data ready',
  'AWS::LakeFormation': 'the stack has no data lake',
  'AWS::AppSync': 'the stack has no GraphQL',
  'AWS::Kendra': 'the stack has no index',
  'AWS::QBusiness': 'the stack has no assistant',
  'AWS::S3Vectors': 'the stack has no vectors',
  'AWS::SageMaker::FeatureGroup': 'the stack has no features',
  'AWS::SageMaker::DataQualityJobDefinition': 'the stack has no jobs',
  'AWS::SageMaker::ModelQualityJobDefinition': 'the stack has no jobs',
  'AWS::SageMaker::ModelBiasJobDefinition': 'the stack has no jobs',
  'AWS::SageMaker::ModelExplainabilityJobDefinition': 'the stack has no jobs',
  'AWS::SageMaker::MonitoringSchedule': 'the stack has no jobs',
  'AWS::SageMaker::Pipeline': 'the stack has no jobs',
  'Custom::AWS': 'what only an API call can set is left to the runbook',
  'Custom::DynamoDBReplica': 'the stack has no database',
};

const speaksOfOthersOnly = (id: string): boolean => {
  const expectations = base.requirements.find((requirement) => requirement.id === id)?.expect.cloudformation ?? [];
  const types = expectations.flatMap((each) => ('each' in each ? each.each : []));
  return (
    types.length > 0 && types.every((type) => Object.keys(otherServices).some((prefix) => type.startsWith(prefix)))
  );
};

/** A requirement may speak of other languages only, such as the provider of a Terraform plan. */
const speaksOfTemplates = (id: string): boolean =>
  base.requirements.find((requirement) => requirement.id === id)?.expect.cloudformation !== undefined;

describe('law 1: no hollow pass', () => {
  for (const { name, plan } of variants) {
    it(`every planned requirement is judged or has nothing to judge: ${name}`, () => {
      const stand = standpointOf(withAccount(plan), base);
      const manifests = render(plan, 'cloudformation', templates, base.boundary)
        .filter(({ path }) => path.endsWith('.template.yaml'))
        .map(({ path, text }) => readManifest(path, text, { ...stand.given, parameters: {} }) as Manifest);
      const findings = check(manifests, againstOf(base, stand));
      assert.deepEqual(
        findings.filter(({ verdict }) => verdict !== 'pass'),
        [],
      );
      const judged = new Set(findings.map(({ requirement }) => requirement));
      const planned = new Set(plan.endpoints.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
      const silent = [...planned].filter(
        (id) => !judged.has(id) && !(id in nothingToJudge) && speaksOfTemplates(id) && !speaksOfOthersOnly(id),
      );
      const excused = 'existing' in plan.system.network ? ofTheNetwork : new Set<string>();
      assert.deepEqual(
        silent.filter((id) => !excused.has(id) && !ofItsEndpoints(plan).has(id)),
        [],
      );
    });
  }
});
