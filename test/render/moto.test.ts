import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Plan } from '#model/plan.js';
import type { Network } from '#model/system.js';
import { halves } from '../../src/render/halves.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { shown } from './eks-plans.js';
import { templates, variants } from './plans.js';

describe('rendered CloudFormation on a mock of AWS', function () {
  this.timeout(240_000);
  let server: ChildProcess | undefined;
  let address = '';

  before(async function () {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    if (!(await started(port))) {
      // biome-ignore lint/suspicious/noConsole: a reader of the test log must see what was not tested
      console.log('      moto_server is not installed: no stack was created');
      this.skip();
    }
  });

  after(() => {
    server?.kill();
  });

  /** False when the server cannot be run at all. */
  async function started(port: number): Promise<boolean> {
    const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    server = child;
    let missing = false;
    child.on('error', () => {
      missing = true;
    });
    for (let tries = 0; tries < 600 && !missing; tries += 1) {
      const answer = await fetch(`${address}/moto-api/data.json`).catch(() => undefined);
      if (answer?.ok) return true;
      await pause(100);
    }
    if (!missing) throw new Error('moto_server did not answer within a minute');
    return false;
  }

  const reached = (region: string) => ({
    region,
    endpoint: address,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'of-the-mock' },
  });

  /** The plan in networks that exist on the server, where it asks for existing ones. */
  async function placed(plan: Plan): Promise<Plan> {
    const made = new Map<string, Network>();
    const endpoints: Plan['endpoints'][number][] = [];
    for (const each of plan.endpoints) {
      const { region, network = plan.system.network } = each.endpoint;
      if ('create' in network) {
        endpoints.push(each);
        continue;
      }
      const { vpc, cidr } = network.existing;
      const own = made.get(vpc) ?? (await networkOn(region, `network-${made.size}`, cidr));
      made.set(vpc, own);
      endpoints.push({ ...each, endpoint: { ...each.endpoint, network: own } });
    }
    return { ...plan, endpoints };
  }

  async function networkOn(region: string, name: string, cidr: string): Promise<Network> {
    const [one, two] = halves(cidr).map((half) => ({
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: half },
    }));
    const Resources = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } }, One: one, Two: two };
    const Outputs = Object.fromEntries(Object.keys(Resources).map((id) => [id, { Value: { Ref: id } }]));
    const { Vpc = '', One = '', Two = '' } = await created(region, name, JSON.stringify({ Resources, Outputs }));
    assert.match(`${Vpc} ${One} ${Two}`, /^vpc-\w+ subnet-\w+ subnet-\w+$/);
    return { existing: { vpc: Vpc, cidr, subnets: [One, Two] } };
  }

  for (const { name, plan } of [...variants, ...shown]) {
    it(`creates every stack: ${name}`, async () => {
      await fetch(`${address}/moto-api/reset`, { method: 'POST' });
      const files = render(await placed(plan), 'cloudformation', templates, base.boundary).filter(({ path }) =>
        path.endsWith('.template.yaml'),
      );
      assert.deepEqual(
        files.map(({ endpoint }) => endpoint).sort(),
        plan.endpoints.map(({ endpoint }) => endpoint.name).sort(),
      );
      for (const { path, text, endpoint } of files) {
        // A template in a request body may have 51,200 bytes.
        assert.ok(Buffer.byteLength(text) <= 51_200, `${path} has ${Buffer.byteLength(text)} bytes`);
        const region = plan.endpoints.find((each) => each.endpoint.name === endpoint)?.endpoint.region as string;
        const { KeyArn } = await created(region, endpoint, withoutProjects(text));
        // A key that was only parsed, not made, would not rotate.
        const rotation = await new KMSClient(reached(region)).send(new GetKeyRotationStatusCommand({ KeyId: KeyArn }));
        assert.equal(rotation.KeyRotationEnabled, true);
      }
    });
  }

  /** Creates a stack and gives its outputs. */
  async function created(region: string, name: string, text: string): Promise<Record<string, string>> {
    const client = new CloudFormationClient(reached(region));
    await client.send(
      new CreateStackCommand({ StackName: name, TemplateBody: text, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
    );
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const { StackStatus, StackStatusReason, Outputs = [] } = Stacks?.[0] ?? {};
    assert.equal(StackStatus, 'CREATE_COMPLETE', StackStatusReason);
    return Object.fromEntries(Outputs.map((each) => [each.OutputKey ?? '', each.OutputValue ?? '']));
  }
});

/** The mock knows no projects of Bedrock's OpenAI-compatible plane, and fails where something asks for their attributes. */
const withoutProjects = (text: string): string =>
  text
    .replace(/^ {2}Project:\n(?: {4}.*\n)+/m, '')
    .replaceAll(
      '!GetAtt Project.Arn',
      '!Sub "arn:${AWS::Partition}:bedrock-mantle:${AWS::Region}:${AWS::AccountId}:project/p"',
    )
    .replaceAll('!GetAtt Project.Id', 'p');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  assert.ok(address && typeof address === 'object');
  return address.port;
}
