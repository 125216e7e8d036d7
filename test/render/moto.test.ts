import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Plan } from '#model/plan.js';
import type { Network } from '#model/system.js';
import { halves } from '../../src/render/halves.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { run } from './command.js';
import { shown } from './eks-plans.js';
import { templates, variants } from './plans.js';

describe('rendered CloudFormation on a mock of AWS', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'rampart-moto-'));
  let server: ChildProcess | undefined;
  let address = '';

  before(async function () {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    if (!run('aws', ['--version']) || !(await started(port))) {
      // biome-ignore lint/suspicious/noConsole: a reader of the test log must see what was not tested
      console.log('      moto_server or the AWS CLI is not installed: no stack was created');
      this.skip();
    }
  });

  after(() => {
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
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

  const aws = (region: string, ...args: string[]): unknown => {
    const answer = run('aws', ['--endpoint-url', address, '--region', region, '--output', 'json', ...args]);
    assert.ok(answer, 'the AWS CLI vanished');
    assert.equal(answer.status, 0, answer.output);
    return answer.stdout.trim() === '' ? {} : JSON.parse(answer.stdout);
  };

  /** The plan in networks that exist on the server, where it asks for existing ones. */
  function placed(plan: Plan): Plan {
    const made = new Map<string, Network>();
    const endpoints = plan.endpoints.map((each) => {
      const { region, network = plan.system.network } = each.endpoint;
      if ('create' in network) return each;
      const { vpc, cidr } = network.existing;
      const own = made.get(vpc) ?? networkOn(region, cidr);
      made.set(vpc, own);
      return { ...each, endpoint: { ...each.endpoint, network: own } };
    });
    return { ...plan, endpoints };
  }

  function networkOn(region: string, cidr: string): Network {
    const { Vpc } = aws(region, 'ec2', 'create-vpc', '--cidr-block', cidr) as { Vpc: { VpcId: string } };
    const subnets = halves(cidr).map((half) => {
      const answer = aws(region, 'ec2', 'create-subnet', '--vpc-id', Vpc.VpcId, '--cidr-block', half);
      return (answer as { Subnet: { SubnetId: string } }).Subnet.SubnetId;
    });
    return { existing: { vpc: Vpc.VpcId, cidr, subnets } };
  }

  for (const { name, plan } of [...variants, ...shown]) {
    it(`creates every stack: ${name}`, async () => {
      await fetch(`${address}/moto-api/reset`, { method: 'POST' });
      const files = render(placed(plan), 'cloudformation', templates, base.boundary).filter(({ path }) =>
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
        const outputs = created(region, endpoint, join(folder, path), text);
        // A key that was only parsed, not made, would not rotate.
        const rotation = aws(region, 'kms', 'get-key-rotation-status', '--key-id', outputs.KeyArn ?? '');
        assert.equal((rotation as { KeyRotationEnabled: boolean }).KeyRotationEnabled, true);
      }
    });
  }

  /** Creates a stack and gives its outputs. */
  function created(region: string, stack: string, file: string, text: string): Record<string, string> {
    writeFileSync(file, withoutProjects(text));
    const body = ['--template-body', `file://${file}`, '--capabilities', 'CAPABILITY_NAMED_IAM'];
    aws(region, 'cloudformation', 'create-stack', '--stack-name', stack, ...body);
    const { Stacks } = aws(region, 'cloudformation', 'describe-stacks', '--stack-name', stack) as { Stacks: Stack[] };
    const [{ StackStatus, StackStatusReason, Outputs }] = Stacks as [Stack];
    assert.equal(StackStatus, 'CREATE_COMPLETE', StackStatusReason);
    return Object.fromEntries(Outputs.map((each) => [each.OutputKey, each.OutputValue]));
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

interface Stack {
  StackStatus: string;
  StackStatusReason?: string;
  Outputs: { OutputKey: string; OutputValue: string }[];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  assert.ok(address && typeof address === 'object');
  return address.port;
}
