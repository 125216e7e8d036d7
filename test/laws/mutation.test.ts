import assert from 'node:assert/strict';
import { isPair, parseDocument, visit } from 'yaml';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Finding } from '#model/finding.js';
import type { Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { render } from '../../src/render/render.js';
import { againstOf, standpointOf } from '../../src/session/gate.js';
import { base } from '../controls/base.js';
import { shown } from '../render/eks-plans.js';
import { templates, variants, withAccount } from '../render/plans.js';

/** A stack as its endpoint's own plan reads and judges it. */
class Stack {
  private readonly stand;
  private readonly against;

  constructor(
    plan: Plan,
    private readonly file: string,
  ) {
    this.stand = standpointOf(withAccount(plan), base);
    this.against = againstOf(base, this.stand);
  }

  /** Undefined for what a change left unreadable, which everybody notices. */
  read(text: string): Manifest | undefined {
    try {
      return readManifest(this.file, text, { ...this.stand.given, parameters: {} }) as Manifest;
    } catch {
      return undefined;
    }
  }

  /** The gate's findings, of all requirements or of one. */
  judge(manifest: Manifest | undefined, requirement?: string): Finding[] {
    if (!manifest) return [];
    const { requirements } = this.against;
    const asked = requirement === undefined ? requirements : requirements.filter(({ id }) => id === requirement);
    return check([manifest], { ...this.against, requirements: asked });
  }
}

const alone = (plan: Plan, endpoint: string): Plan => ({
  ...plan,
  endpoints: plan.endpoints.filter((each) => each.endpoint.name === endpoint),
});

/** Writes a document again with the node that begins at a place taken away, or its value made weaker. */
class Weakenings {
  private readonly document;
  private readonly places = new Map<number, { items: unknown[]; index: number }>();

  constructor(text: string) {
    this.document = parseDocument(text, { keepSourceTokens: false, customTags: [], logLevel: 'silent' });
    visit(this.document, {
      // The outermost node that begins at a place comes first, and is the one meant.
      Collection: (_, { items }) => {
        for (const [index, item] of items.entries()) {
          const { range } = ((isPair(item) ? item.key : item) ?? {}) as { range?: [number, number, number] };
          if (range && !this.places.has(range[0])) this.places.set(range[0], { items, index });
        }
      },
    });
  }

  at(offset: number): string[] {
    const place = this.places.get(offset);
    if (!place) return [];
    const { items, index } = place;
    const [item] = items.splice(index, 1);
    const made = [this.document.toString({ lineWidth: 0 })];
    items.splice(index, 0, item);
    if (isPair(item)) {
      const { value } = item;
      item.value = this.document.createNode(weaker((value as { toJSON?(): unknown } | null)?.toJSON?.()));
      made.push(this.document.toString({ lineWidth: 0 }));
      item.value = value;
    }
    return made;
  }
}

/** A value no requirement asks for. */
function weaker(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value > 1 ? 1 : 100_000;
  if (Array.isArray(value)) return [];
  return value === '*' || typeof value === 'object' ? 'arn:aws:iam::aws:policy/AdministratorAccess' : '*';
}

const passes = (findings: readonly Finding[], requirement: string, resource: string): boolean => {
  const here = findings.filter((each) => each.requirement === requirement);
  if (here.some((each) => each.verdict === 'fail' || each.verdict === 'unknown' || each.verdict === 'error'))
    return false;
  return here.some((each) => each.resource === resource && each.verdict === 'pass');
};

/** Adds a property behind every line that matches. */
const adding = (behind: RegExp, line: string) => (text: string) =>
  text.replace(new RegExp(`^( *)${behind.source}$`, 'gm'), (whole, space: string) => `${whole}\n${space}${line}`);

/** Adds a resource to the stack. */
const beside = (resource: string) => (text: string) =>
  text.replace(/^Resources:\n/m, `Resources:\n  Extra: ${resource}\n`);

const openTo = (action: string): string =>
  `{Statement: [{Effect: Allow, Principal: "*", Action: "${action}", Resource: "*"}]}`;

/** Lets a SageMaker stack, which calls no Bedrock model, call one. */
const allowing = (text: string, resource: string): string =>
  text.replace(
    /Action: "cloudwatch:PutMetricData"\n( *)Resource: "\*"/g,
    `Action: "bedrock:InvokeModel"\n$1Resource: "${resource}"`,
  );

/** Lets a stack that is not of Bedrock's other plane call any model of it, from anywhere. */
const callingMantle = (text: string): string =>
  text.replaceAll('Action: "cloudwatch:PutMetricData"', 'Action: "bedrock-mantle:CreateInference"');

/**
 * A prohibition passes because something is not there, so taking lines away cannot break it: here is the line that does.
 */
const forbidden: Readonly<Record<string, (text: string) => string>> = {
  'arn-partition': (text) => text.replace('arn:${AWS::Partition}', 'arn:aws'),
  'async-inference-kms': (text) =>
    text.replace(/^( *)DataCaptureConfig:$/m, '$1AsyncInferenceConfig: {OutputConfig: {S3OutputPath: "s3://b"}}\n$&'),
  'bedrock-model-allow-list': (text) => allowing(text.replace(/foundation-model\/[^"]+/g, 'foundation-model/*'), '*'),
  'bedrock-model-scope': (text) =>
    allowing(
      text.replace(/::foundation-model\/[^"]+/g, ':${AWS::AccountId}:inference-profile/us.amazon.nova-pro-v1:0'),
      'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0',
    ),
  'data-capture-kms': (text) =>
    text.replace(/^( *)AsyncInferenceConfig:$/m, '$1DataCaptureConfig: {EnableCapture: true}\n$&'),
  'async-inference-record': adding(/SuccessTopic: .*/, 'IncludeInferenceResponseIn: [SUCCESS_NOTIFICATION_TOPIC]'),
  'mantle-no-bearer-token': (text) =>
    text
      .replace(/(Sid: NoApiKeys\n *Effect: )Deny/g, '$1Allow')
      .replaceAll('"bedrock-mantle:CreateInference"', '"bedrock-mantle:*"'),
  'mantle-model-allow-list': (text) => callingMantle(text.replace(/"bedrock-mantle:Model": [^,]*, /g, '')),
  'mantle-source-vpce': (text) => callingMantle(text.replace(/aws:SourceVpce/g, 'aws:SourceIp')),
  'bedrock-no-bearer-token': (text) => text.replace(/(Sid: NoApiKeys\n *Effect: )Deny/g, '$1Allow'),
  'bedrock-data-retention': (text) =>
    text.replaceAll('"bedrock:InvokeModel"', '"bedrock:*"').replaceAll('"cloudwatch:PutMetricData"', '"bedrock:*"'),
  'log-group-no-bearer-token': adding(/KmsKeyId: !GetAtt Key.Arn/, 'BearerTokenAuthenticationEnabled: true'),
  'policy-service-source': beside(
    '{Type: AWS::SQS::QueuePolicy, Properties: {Queues: [q], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]}}}',
  ),
  'queue-topic-policy-no-public': beside(
    `{Type: AWS::SNS::TopicPolicy, Properties: {Topics: [t], PolicyDocument: ${openTo('sns:Publish')}}}`,
  ),
  'resource-policy-no-public': beside(
    `{Type: AWS::Kinesis::ResourcePolicy, Properties: {ResourceArn: s, ResourcePolicy: ${openTo('kinesis:GetRecords')}}}`,
  ),
  's3-policy-no-public': beside(
    `{Type: AWS::S3::BucketPolicy, Properties: {Bucket: b, PolicyDocument: ${openTo('s3:GetObject')}}}`,
  ),
  'model-no-hub-download': adding(/HF_HUB_OFFLINE: "1"/, 'HF_MODEL_ID: openai/gpt-oss-20b'),
  'sagemaker-no-remote-code': adding(/HF_HUB_OFFLINE: "1"/, 'HF_TRUST_REMOTE_CODE: "true"'),
  'environment-in-boundary': adding(/HF_HUB_OFFLINE: "1"/, 'AWS_REGION: us-east-1'),
  'sagemaker-inference-ami': adding(
    /InitialInstanceCount: 2/,
    'InferenceAmiVersion: al2-ami-sagemaker-inference-gpu-2',
  ),
  'sagemaker-two-instances': (text) => text.replace(/InitialInstanceCount: 2/, 'InitialInstanceCount: 1'),
  'guardrail-region': adding(
    /BlockedInputMessaging: .*/,
    'CrossRegionConfig: {GuardrailProfileArn: "us.guardrail.v1:0"}',
  ),
  'log-bucket-lifecycle': adding(
    /ObjectLockEnabled: true/,
    'LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 30}]}',
  ),
  'iam-decrypt-scope': (text) =>
    text
      .replace(/(Action: \[?"kms:Decrypt"[^\n]*\n *Resource: )[^\n]*/g, '$1"*"')
      .replace(/("kms:Decrypt"[^\n]*\n *Resource: )[^\n]*/g, '$1"*"'),
  'iam-no-admin': adding(
    /MaxSessionDuration: 3600/,
    'ManagedPolicyArns: ["arn:aws-us-gov:iam::aws:policy/AdministratorAccess"]',
  ),
  'iam-guardrail-required': (text) =>
    text.includes('Guardrail:')
      ? text.replace(/bedrock:GuardrailIdentifier/g, 'aws:RequestedRegion')
      : allowing(text, '*'),
  'iam-no-escalation': beside(
    '{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "iam:PutRolePolicy", Resource: "*"}]}}}',
  ),
  'iam-no-service-wildcard': (text) =>
    text
      .replaceAll('"bedrock:InvokeModel"', '"bedrock:*"')
      .replace(/"sagemaker:InvokeEndpoint(Async)?"/g, '"sagemaker:*"')
      .replaceAll('"bedrock-mantle:CreateInference"', '"bedrock-mantle:*"'),
  'iam-oidc-subject': beside(
    '{Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Federated: !Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/oidc.eks.us-gov-west-1.amazonaws.com/id/x"}, Action: "sts:AssumeRoleWithWebIdentity"}]}}}',
  ),
  'iam-secret-scope': beside(
    '{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}]}}}',
  ),
  'iam-object-scope': beside(
    '{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}}',
  ),
  'iam-no-log-tampering': beside(
    '{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "cloudtrail:StopLogging", Resource: "*"}]}}}',
  ),
  'delivery-in-boundary': beside(
    '{Type: AWS::Logs::SubscriptionFilter, Properties: {DestinationArn: "arn:aws-us-gov:logs:us-gov-west-1:999999999999:destination:d"}}',
  ),
  'network-peer-in-boundary': beside(
    '{Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: sg-1, IpProtocol: tcp, SourceSecurityGroupId: sg-2, SourceSecurityGroupOwnerId: "999999999999"}}',
  ),
  'iam-pass-role-scope': beside(
    '{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "iam:PassRole", Resource: "*"}]}}}',
  ),
  'iam-session-duration': (text) => text.replaceAll('MaxSessionDuration: 3600', 'MaxSessionDuration: 43200'),
  'iam-source-vpce': (text) => text.replace(/aws:SourceVpce/g, 'aws:SourceIp'),
  'iam-trust-conditions': (text) => text.replace(/aws:Source(Account|Arn)/g, 'aws:RequestedRegion'),
  'kms-key-enabled': adding(/EnableKeyRotation: true/, 'Enabled: false'),
  'kms-key-lockout-check': adding(/EnableKeyRotation: true/, 'BypassPolicyLockoutSafetyCheck: true'),
  'kms-key-policy': (text) => text.replace(/Principal: \{AWS: !Sub "arn:[^"]*:root" ?\}/, 'Principal: "*"'),
  'policy-principal-in-boundary': (text) =>
    text.replace(/Principal: \{[^{}]*\}/g, 'Principal: {AWS: "999999999999"}').replace(/aws:Source/g, 'aws:Requested'),
  'no-inline-secrets': adding(/HF_HUB_OFFLINE: "1"/, 'HF_TOKEN: hf_example'),
  'user-data-no-secrets': (text) =>
    text.replace(/^( *)LaunchTemplateData:$/m, '$&\n$1  UserData: !Base64 "export HF_TOKEN=hf_example"'),
  'resource-type-in-region': (text) => text.replace(/^( {4}Type: )AWS::.*$/gm, '$1AWS::CloudFront::Distribution'),
  's3-replication-destination': adding(
    /VersioningConfiguration: \{Status: Enabled\}/,
    'ReplicationConfiguration: {Role: r, Rules: [{Status: Enabled, Destination: {Bucket: "arn:aws:s3:::elsewhere"}}]}',
  ),
  'security-group-ingress': (text) => text.replace(/CidrIp: "[^"]*"/g, 'CidrIp: "0.0.0.0/0"'),
  'vpc-endpoint-region': adding(/VpcEndpointType: Interface/, 'ServiceRegion: us-east-1'),
};

const granting = (action: string, resource = '*') =>
  beside(
    `{Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "${action}", Resource: "${resource}"}]}}}`,
  );

/** The same for a stack of Bedrock's other plane, which holds nothing of the runtime's that could be made worse. */
const forbiddenBeside: Readonly<Record<string, (text: string) => string>> = {
  'bedrock-data-retention': granting('bedrock:*'),
  'bedrock-model-allow-list': granting('bedrock:InvokeModel'),
  'bedrock-model-scope': granting(
    'bedrock:InvokeModel',
    'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0',
  ),
  'cloudtrail-data-events': (text) => text.replace('["AWS::BedrockMantle::Project"]', '["AWS::Bedrock::Prompt"]'),
  'iam-decrypt-scope': granting('kms:Decrypt'),
  'iam-guardrail-required': granting('bedrock:InvokeModel'),
  'iam-no-service-wildcard': granting('s3:*'),
  'iam-source-vpce': granting('bedrock:InvokeModel'),
};

const launching = (data: string) =>
  beside(`{Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: ${data}}}`);

/** The same for the stack of a cluster, which calls no model of Bedrock. */
const forbiddenInCluster: Readonly<Record<string, (text: string) => string>> = {
  'bedrock-data-retention': granting('bedrock:*'),
  'bedrock-model-allow-list': granting('bedrock:InvokeModel'),
  'bedrock-model-scope': granting(
    'bedrock:InvokeModel',
    'arn:aws-us-gov:bedrock:us-gov-west-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0',
  ),
  'bedrock-no-bearer-token': granting('bedrock:CallWithBearerToken'),
  'eks-access-entry-scope': (text) =>
    text.replace(/KubernetesGroups: \[[^\]]*\]/, 'KubernetesGroups: ["system:masters"]'),
  'eks-pod-identity': (text) => text.replace('ServiceAccount: "vllm"', 'ServiceAccount: default'),
  'iam-decrypt-scope': granting('kms:Decrypt'),
  'iam-guardrail-required': granting('bedrock:InvokeModel'),
  'iam-no-admin': granting('*'),
  'iam-no-service-wildcard': granting('ec2:*'),
  'iam-session-duration': beside(
    '{Type: AWS::IAM::Role, Properties: {MaxSessionDuration: 43200, AssumeRolePolicyDocument: {Statement: []}}}',
  ),
  'iam-source-vpce': granting('bedrock:InvokeModel'),
  'instance-no-public-ip': launching('{NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: true}]}'),
  'instance-no-ssh-key': launching('{KeyName: operators}'),
  'mantle-model-allow-list': granting('bedrock-mantle:CreateInference'),
  'mantle-no-bearer-token': granting('bedrock-mantle:CallWithBearerToken'),
  'mantle-source-vpce': granting('bedrock-mantle:CreateInference'),
  'nodegroup-no-ssh': adding(/CapacityType: ON_DEMAND/, 'RemoteAccess: {Ec2SshKey: operators}'),
  'volume-kms': (text) => text.replace(/Encrypted: true, KmsKeyId: !GetAtt Key.Arn/, 'Encrypted: false'),
};

/** The same for stacks that do not use that plane: their roles may call nothing there. */
const forbiddenOffPlane: Readonly<Record<string, (text: string) => string>> = {
  'mantle-model-allow-list': granting('bedrock-mantle:CreateInference'),
  'mantle-source-vpce': granting('bedrock-mantle:CreateInference'),
};

/** Which of these lines break a stack: that of a cluster, of Bedrock's other plane, or any other. */
function breaking(text: string, requirement: string): ((text: string) => string) | undefined {
  if (text.includes('Type: AWS::EKS::Cluster')) return forbiddenInCluster[requirement] ?? forbidden[requirement];
  const ofOtherPlane = text.includes('Type: AWS::BedrockMantle::Project');
  return (ofOtherPlane ? forbiddenBeside : forbiddenOffPlane)[requirement] ?? forbidden[requirement];
}

/** Whether some change at the places a requirement's passes rest on, or the forbidden line, keeps it from passing. */
class Mutation {
  private readonly read = new Map<number, (Manifest | undefined)[]>();
  private readonly starts = [0];
  private readonly weakenings;

  constructor(
    private readonly text: string,
    private readonly stack: Stack,
  ) {
    this.weakenings = new Weakenings(text);
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  notices(requirement: string, findings: readonly Finding[]): boolean {
    const added = breaking(this.text, requirement)?.(this.text);
    if (added !== undefined && added !== this.text) {
      const { resource } = findings[0] ?? { resource: '' };
      return !passes(this.stack.judge(this.stack.read(added), requirement), requirement, resource);
    }
    return findings.some(({ evidence, resource }) =>
      (evidence ?? []).some(({ line, column }) =>
        this.at((this.starts[line - 1] ?? 0) + column - 1).some(
          (after) => !passes(this.stack.judge(after, requirement), requirement, resource),
        ),
      ),
    );
  }

  private at(offset: number): (Manifest | undefined)[] {
    let after = this.read.get(offset);
    if (!after) {
      after = this.weakenings.at(offset).map((text) => this.stack.read(text));
      this.read.set(offset, after);
    }
    return after;
  }
}

describe('law 2: weakening what serves a requirement makes the gate fail on it', () => {
  // Of the cluster in an existing network only the lines are tried below that the one with a network of its own does not have.
  const read = [variants[0], variants[2], variants[5], shown[0]];
  for (const { name, plan } of read.filter((each) => each !== undefined)) {
    for (const file of render(plan, 'cloudformation', templates, base.boundary)) {
      if (!file.path.endsWith('.template.yaml')) continue;
      it(`${name}: ${file.path}`, function () {
        this.timeout(240_000);
        const stack = new Stack(alone(plan, file.endpoint), file.path);
        const before = stack.judge(stack.read(file.text));
        assert.ok(before.length > 100 && before.every((each) => each.verdict === 'pass'));
        const mutation = new Mutation(file.text, stack);
        const missed = [...new Set(before.map((each) => each.requirement))]
          .filter(
            (id) =>
              !mutation.notices(
                id,
                before.filter((each) => each.requirement === id),
              ),
          )
          .sort();
        assert.deepEqual(missed, [], 'nothing that breaks these is noticed');
      });
    }
  }
});

describe('law 2 in a network that was there: what the stack of a cluster says differently serves as well', () => {
  const [own, there] = shown.map(({ plan }) => {
    const file = render(plan, 'cloudformation', templates, base.boundary).find(({ path }) => path.endsWith('.yaml'));
    return { plan, path: file?.path ?? '', text: file?.text ?? '' };
  }) as [Rendered, Rendered];
  const known = new Set(own.text.split('\n').map((line) => line.trim()));
  const lines = there.text.split('\n').map((line) => line.trim());

  it('speaks of no resource the other has not', () => {
    const namesOf = ({ text }: Rendered): string[] =>
      [...text.matchAll(/^ {2}(\w+):\n {4}Type: /gm)].map(([, name = '']) => name);
    assert.ok(namesOf(there).length > 20);
    assert.deepEqual(
      namesOf(there).filter((name) => !namesOf(own).includes(name)),
      [],
    );
  });

  it('is noticed where it is taken away', function () {
    this.timeout(60_000);
    const stack = new Stack(there.plan, there.path);
    const before = stack.judge(stack.read(there.text));
    const beside = new Stack(own.plan, own.path);
    const tried = new Set(beside.judge(beside.read(own.text)).map(({ requirement }) => requirement));
    const resting = before.flatMap((finding) => {
      const evidence = (finding.evidence ?? []).filter(
        ({ line }) => !tried.has(finding.requirement) || !known.has(lines[line - 1] ?? ''),
      );
      return finding.verdict === 'pass' && evidence.length > 0 ? [{ ...finding, evidence }] : [];
    });
    const ids = [...new Set(resting.map(({ requirement }) => requirement))].sort();
    assert.ok(ids.length >= 3, ids.join());
    const mutation = new Mutation(there.text, stack);
    const missed = ids.filter((id) => {
      const findings = resting.filter(({ requirement }) => requirement === id);
      return !mutation.notices(id, findings);
    });
    assert.deepEqual(missed, [], 'nothing that breaks these is noticed');
  });
});

interface Rendered {
  plan: Plan;
  path: string;
  text: string;
}

/**
 * Requirements with something to say of types the stack of a cluster has, that speak of none of its resources all the same.
 */
const unspoken: Readonly<Record<string, string>> = {
  'log-data-protection': 'no log of a cluster holds prompts, so none has a policy to be judged',
  'vpc-endpoint-fips': 'none of the services a cluster reaches privately has a FIPS name there',
};

describe('the stack of a cluster', () => {
  for (const { name, plan } of shown) {
    it(`is judged by every requirement planned for it that speaks of what it holds: ${name}`, () => {
      const file = render(plan, 'cloudformation', templates, base.boundary).find(({ path }) => path.endsWith('.yaml'));
      const text = file?.text ?? '';
      const stack = new Stack(plan, file?.path ?? '');
      const told = new Set(stack.judge(stack.read(text)).map(({ requirement }) => requirement));
      const planned = new Set(plan.endpoints.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
      const types = new Set([...text.matchAll(/^ {4}Type: (\S+)$/gm)].map(([, type]) => type));
      const silent = base.requirements.filter(({ id, expect }) => {
        const spoken = (expect.cloudformation ?? []).flatMap((each) => ('each' in each ? each.each : []));
        return planned.has(id) && !told.has(id) && spoken.some((type) => types.has(type));
      });
      assert.deepEqual(
        silent.map(({ id }) => id).filter((id) => !(id in unspoken)),
        [],
      );
      assert.ok(told.size > 60, `only ${told.size} requirements judged it`);
    });
  }
});
