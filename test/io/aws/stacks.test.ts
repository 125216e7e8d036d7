import assert from 'node:assert/strict';
import { type Deep, type DeepSeen, observeStacks } from '#io/aws/observe-stacks.js';
import { awsEnvironment, govWest, noon, secrets } from './credentials.js';
import {
  changeSetArn,
  error,
  FaultServer,
  json,
  queryError,
  type Replies,
  stack,
  stackArn,
  stackParameters,
  stackResources,
  templateText,
  xml,
} from './fault-server.js';

const template = 'Resources:\n  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}\n';
const key = ['Key', 'AWS::KMS::Key', '11111111-2222-3333-4444-555555555555'] as const;

const replies: Replies = {
  DescribeStacks: stack({ more: stackParameters({ Cidr: '10.0.0.0/16', Secret: '****' }) }),
  GetTemplate: templateText(template),
  ListStackResources: stackResources([key, ['Zone', 'AWS::EC2::VPC', 'vpc-1']]),
  GetResource: json({
    TypeName: 'AWS::KMS::Key',
    ResourceDescription: {
      Identifier: key[2],
      Properties: JSON.stringify({ KeyId: key[2], EnableKeyRotation: false }),
    },
  }),
};

const deep: Deep = {
  wants: ({ type }) => type === 'AWS::KMS::Key',
  keep: () => (_, properties) => ({ ...properties }),
};

describe('observing stacks', function () {
  this.timeout(60_000);
  awsEnvironment({ ...secrets });
  const server = new FaultServer();
  before(() => server.start());
  after(() => server.stop());

  const look = async (given: Replies = {}, how?: Deep, asked: object = {}): Promise<DeepSeen> => {
    server.replies = { ...replies, ...given };
    server.calls = [];
    const request = { ...govWest, stacks: ['chat'], changeSets: [], endpoint: server.endpoint, now: noon, ...asked };
    const [seen] = await observeStacks(request, how);
    assert.ok(seen);
    return seen;
  };

  it('says what lives, without the values of parameters', async () => {
    const { observation, template: text, parameters, resources } = await look();
    assert.deepEqual(observation.answer, {
      arn: stackArn,
      name: 'chat',
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      status: 'CREATE_COMPLETE',
      created: '2026-11-01T00:00:00.000Z',
      terminationProtection: true,
      resources: 2,
      drift: 'IN_SYNC',
      driftCheckedDaysAgo: 1,
      endpoint: new URL(server.endpoint).host,
      fipsEndpoint: observation.answer.fipsEndpoint,
    });
    assert.deepEqual(text, { text: template });
    assert.deepEqual(parameters, [
      { name: 'Cidr', value: '10.0.0.0/16' },
      { name: 'Secret', value: undefined },
    ]);
    assert.deepEqual(resources[0], { logicalId: 'Key', type: 'AWS::KMS::Key', physicalId: key[2] });
    assert.deepEqual(server.calls.sort(), ['DescribeStacks', 'GetTemplate', 'ListStackResources']);
  });

  for (const [name, reply, outcome, words] of [
    [
      'denied',
      queryError(403, 'AccessDenied'),
      'denied',
      /^permission cloudformation:DescribeStacks on chat \(AccessDenied\)$/,
    ],
    ['missing', queryError(400, 'ValidationError', 'Stack with id chat does not exist'), 'missing', /^something for/],
    ['throttled', queryError(400, 'Throttling'), 'failed', /not throttled .*after 3 attempts/],
    ['ill', queryError(500, 'InternalFailure'), 'failed', /from a service that is well/],
    ['cut off', { status: 200, cut: 'before' }, 'failed', /over a connection that holds/],
    ['empty', xml('DescribeStacks', '<Stacks/>'), 'failed', /that names chat/],
  ] as const) {
    it(`says that it was ${name}`, async () => {
      const { observation, template: text } = await look({ DescribeStacks: reply });
      assert.equal(observation.outcome, outcome);
      assert.match(observation.detail ?? '', words);
      assert.ok('$unknown' in text);
      for (const secret of Object.values(secrets)) assert.ok(!JSON.stringify(observation).includes(secret));
    });
  }

  it('keeps what one call said when another is denied', async () => {
    const { observation, template: text } = await look({
      GetTemplate: queryError(403, 'AccessDenied'),
      ListStackResources: queryError(403, 'AccessDenied'),
    });
    assert.equal(observation.outcome, 'answered');
    assert.match(JSON.stringify(text), /permission cloudformation:GetTemplate on arn:/);
    assert.match(JSON.stringify(observation.answer.resources), /permission cloudformation:ListStackResources/);
  });

  it('follows every page of resources', async () => {
    const page = (id: string, token = ''): string =>
      `<StackResourceSummaries><member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>T</ResourceType>
      <ResourceStatus>CREATE_COMPLETE</ResourceStatus></member></StackResourceSummaries>${token}`;
    const { resources } = await look({
      ListStackResources: (_, body) =>
        xml('ListStackResources', body.includes('NextToken=two') ? page('B') : page('A', '<NextToken>two</NextToken>')),
    });
    assert.deepEqual(
      resources.map(({ logicalId }) => logicalId),
      ['A', 'B'],
    );
  });

  it('tells drift that was found, and leaves open what was not looked for since the last change', async () => {
    const drifts = xml(
      'DescribeStackResourceDrifts',
      `<StackResourceDrifts><member><LogicalResourceId>Key</LogicalResourceId>
        <StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus></member></StackResourceDrifts>`,
    );
    const drifted = await look({ DescribeStacks: stack({ drift: 'DRIFTED' }), DescribeStackResourceDrifts: drifts });
    assert.deepEqual(
      [drifted.observation.answer.drift, drifted.observation.answer.driftedResources],
      ['DRIFTED', ['Key MODIFIED']],
    );
    for (const given of [{ drift: 'NOT_CHECKED', checked: '' }, { checked: '2026-10-01' }]) {
      const { observation } = await look({ DescribeStacks: stack(given) });
      const { drift, driftCheckedDaysAgo } = observation.answer;
      for (const each of [drift, driftCheckedDaysAgo])
        assert.match(JSON.stringify(each), /unknown.*detect-stack-drift/);
    }
  });

  it('reads the resources that are wanted, and names the types of the others', async () => {
    const { deep: read, notLookedAt } = await look({}, deep);
    assert.deepEqual(notLookedAt, ['AWS::EC2::VPC']);
    assert.deepEqual(
      read.map(({ subject, outcome, answer }) => [subject, outcome, answer.properties]),
      [['chat/Key', 'answered', { KeyId: key[2], EnableKeyRotation: false }]],
    );
    assert.equal(read[0]?.region, 'us-gov-west-1');
  });

  for (const [name, reply, outcome, words] of [
    [
      'the permission on Cloud Control',
      error(400, 'AccessDeniedException', {
        message: 'User: x is not authorized to perform: cloudformation:GetResource',
      }),
      'denied',
      /^permission cloudformation:GetResource on AWS::KMS::Key Key/,
    ],
    [
      'the permission on the service behind it',
      error(400, 'GeneralServiceException', { message: 'User: x is not authorized to perform: kms:DescribeKey on y' }),
      'denied',
      /^permission kms:DescribeKey for cloudformation:GetResource on AWS::KMS::Key Key/,
    ],
    ['a type it does not read', error(400, 'UnsupportedActionException'), 'failed', /^a way other than Cloud Control/],
    ['a resource that is gone', error(400, 'ResourceNotFoundException'), 'missing', /^something for/],
    ['a burst', error(400, 'ThrottlingException'), 'failed', /not throttled/],
    ['no description', json({ ResourceDescription: { Properties: '[]' } }), 'failed', /that holds its properties/],
  ] as const) {
    it(`says of a resource that it needs or found: ${name}`, async () => {
      const { deep: read } = await look({ GetResource: reply }, deep);
      assert.equal(read[0]?.outcome, outcome);
      assert.match(read[0]?.detail ?? '', words);
      assert.deepEqual(Object.keys(read[0]?.answer ?? {}), ['stack', 'logicalId', 'type', 'identifier']);
    });
  }

  it('sees a change set with all its changes', async () => {
    const DescribeChangeSet = xml(
      'DescribeChangeSet',
      `<ChangeSetId>${changeSetArn}</ChangeSetId><StackId>${stackArn}</StackId><Status>CREATE_COMPLETE</Status>
        <ExecutionStatus>AVAILABLE</ExecutionStatus><Changes><member><ResourceChange><Action>Modify</Action>
        <LogicalResourceId>Key</LogicalResourceId><ResourceType>AWS::KMS::Key</ResourceType>
        <Replacement>True</Replacement></ResourceChange></member></Changes>`,
    );
    const { observation } = await look({ DescribeChangeSet }, undefined, { stacks: [], changeSets: [changeSetArn] });
    assert.equal(observation.probe, 'cloudformation-change-set');
    assert.deepEqual(observation.answer.changes, [
      { action: 'Modify', resource: 'Key', type: 'AWS::KMS::Key', replacement: 'True' },
    ]);
  });

  for (const [asked, code] of [
    [{ stacks: ['chat/../x'] }, 'RAMPART_BAD_STACK'],
    [{ stacks: [changeSetArn] }, 'RAMPART_BAD_STACK'],
    [{ changeSets: ['next'] }, 'RAMPART_BAD_STACK'],
    [{ stacks: [stackArn.replace('us-gov-west-1', 'us-east-1')] }, 'RAMPART_OUTSIDE_BOUNDARY'],
    [{ changeSets: [changeSetArn.replace('aws-us-gov', 'aws')] }, 'RAMPART_OUTSIDE_BOUNDARY'],
    [{ region: 'us-east-1' }, 'RAMPART_OUTSIDE_BOUNDARY'],
  ] as const) {
    it(`refuses ${JSON.stringify(asked)} before any call`, async () => {
      await assert.rejects(look({}, undefined, asked), { code });
      assert.deepEqual(server.calls, []);
    });
  }
});
