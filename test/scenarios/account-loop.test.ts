import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as kms from '@aws-sdk/client-kms';
import { awsEnvironment, secrets } from '../io/aws/credentials.js';
import { keyPolicy } from '../io/aws/fault-server.js';
import { motoServer } from '../io/aws/moto.js';
import { Desk, program, type Said } from './command-line.js';

const region = 'us-gov-west-1';

const day = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);

/** Bundles are signed with a key of KMS, of which nothing but the public half is ever here. */
const signing = 'alias/rampart-evidence';

describe('from a plan to a live account and back, in us-gov-west-1', function () {
  this.timeout(180_000);
  awsEnvironment();
  const endpoint = motoServer({ digest: true });
  const desk = new Desk('bedrock');
  let stacks: cloudformation.CloudFormationClient;
  let keys: kms.KMSClient;
  let stack = '';
  after(() => {
    stacks?.destroy();
    keys?.destroy();
    desk.clear();
  });

  const rampart = (args: readonly string[]): Promise<Said> => {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const env = {
      ...inherited,
      ...secrets,
      AWS_ENDPOINT_URL: endpoint(),
      RAMPART_ACCOUNT: '123456789012',
      NO_COLOR: '1',
    };
    const child = spawn(process.execPath, [program, ...args], { cwd: desk.folder, env });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (said.stdout += chunk));
    child.stderr.on('data', (chunk) => (said.stderr += chunk));
    return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, ...said })));
  };
  const passes = async (...args: string[]): Promise<string> => {
    const { exit, stdout, stderr } = await rampart(args);
    assert.equal(exit, 0, `${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };

  type Printed = {
    observations: { probe: string; outcome: string; region: string; answer: Record<string, unknown> }[];
    findings: { requirement: string; verdict: string; resource: string; reason: string }[];
  };
  const probe = async (...args: string[]): Promise<Printed & { exit: number | null; stdout: string }> => {
    const { exit, stdout, stderr } = await rampart(['probe', '--json', ...args]);
    assert.ok(exit === 0 || exit === 1, stderr);
    return { ...(JSON.parse(stdout) as Printed), exit, stdout };
  };
  const verdictOf = ({ findings }: Printed, requirement: string) =>
    findings.filter((each) => each.requirement === requirement).map(({ verdict }) => verdict);
  /** What moto has no answer for, or answers otherwise than AWS, is accepted for the day, by name. */
  const waived = (...rows: readonly { requirement: string; resource: string; type: string; reason: string }[]) =>
    desk.write(
      'rampart-waivers.yaml',
      `waivers:\n${rows
        .map(
          ({ requirement, resource, type, reason }) =>
            `  - {requirement: ${requirement}, resource: "${resource}", type: ${type}, owner: a@agency.example, approver: b@agency.example, reason: ${reason}, approved: ${day(0)}, ticket: POAM-1, expires: ${day(1)}}\n`,
        )
        .join('')}`,
    );

  /** Makes the stack, and its key again what it is on AWS. */
  async function deploy(TemplateBody: string): Promise<string> {
    const Capabilities: cloudformation.Capability[] = ['CAPABILITY_NAMED_IAM'];
    await stacks.send(new cloudformation.CreateStackCommand({ StackName: stack, TemplateBody, Capabilities }));
    const { Stacks } = await stacks.send(new cloudformation.DescribeStacksCommand({ StackName: stack }));
    assert.equal(Stacks?.[0]?.StackStatus, 'CREATE_COMPLETE', Stacks?.[0]?.StackStatusReason);
    const KeyId =
      Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'KeyArn')?.OutputValue?.split('/')[1] ?? '';
    // moto keeps the policy a stack gives a key as no text, and then fails on every question about that key.
    const Policy = JSON.stringify(keyPolicy);
    await keys.send(new kms.PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy }));
    return KeyId;
  }

  /** Makes the signing key in KMS, and pins it. */
  async function signer(folder: string): Promise<void> {
    const asked = new kms.CreateKeyCommand({ KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' });
    const { KeyMetadata } = await keys.send(asked);
    await keys.send(new kms.CreateAliasCommand({ AliasName: signing, TargetKeyId: KeyMetadata?.KeyId }));
    await passes('evidence', 'keygen', '--kms', signing, '--out', folder);
    assert.ok(readdirSync(desk.path(folder)).every((file) => !file.endsWith('.key.pem')));
  }

  it('init, plan, render, check', async () => {
    await passes(
      ...['init', '--yes', '--force', '--name', 'Records AI', '--id', 'records-ai'],
      ...['--organization', 'Agency', '--contact', 'isso@agency.example'],
    );
    await passes('plan');
    await passes('render', '--out', 'deploy');
    await passes('check', 'deploy');
  });

  it('create-stack', async () => {
    stacks = new cloudformation.CloudFormationClient({ region, endpoint: endpoint(), useFipsEndpoint: false });
    keys = new kms.KMSClient({ region, endpoint: endpoint(), useFipsEndpoint: false });
    const [template = ''] = (await passes('plan', '--json').then((text) => JSON.parse(text).endpoints)).map(
      ({ endpoint: { name } }: { endpoint: { name: string } }) => name,
    );
    stack = template;
    const TemplateBody = readFileSync(desk.path(`deploy/${template}.template.yaml`), 'utf8');
    await deploy(TemplateBody);
  });

  it('probe: what lives is what was gated, and the keys are found by the plan’s aliases', async () => {
    const seen = await probe('--stack', stack, '--gated', 'deploy');
    assert.deepEqual(verdictOf(seen, 'deployed-as-gated'), ['pass'], seen.stdout);
    assert.deepEqual(verdictOf(seen, 'kms-key-rotation'), ['pass']);
    assert.deepEqual(verdictOf(seen, 'kms-key-policy'), ['pass']);
    assert.deepEqual(verdictOf(seen, 'kms-key-enabled'), ['pass']);
    // moto looks for no drift and signs everybody in as a user.
    assert.deepEqual(verdictOf(seen, 'stack-in-sync'), ['unknown']);
    assert.deepEqual(verdictOf(seen, 'iam-no-long-lived-keys'), ['fail']);
    assert.equal(seen.exit, 1);
    assert.ok(seen.observations.every((each) => each.region === region));
  });

  it('with those two waived the probe passes, and the waivers do not trouble the gate', async () => {
    waived(
      {
        requirement: 'stack-in-sync',
        resource: 'arn:*',
        type: 'cloudformation-stack',
        reason: 'No drift detection here',
      },
      {
        requirement: 'iam-no-long-lived-keys',
        resource: 'arn:*',
        type: 'sts-identity',
        reason: 'Everybody is a user here',
      },
    );
    const seen = await probe('--stack', stack);
    assert.deepEqual(verdictOf(seen, 'stack-in-sync'), ['waived']);
    assert.equal(seen.exit, 0, seen.stdout);
    desk.write('probe.json', seen.stdout);
    await passes('check', 'deploy');
  });

  it('evidence create and verify', async () => {
    await signer('keys');
    desk.write('pseudonym.key', 'x'.repeat(40));
    const observed = ['--observations', 'probe.json', '--pseudonym-key', 'pseudonym.key', '--state', 'state.json'];
    await passes('evidence', 'create', 'deploy', ...observed, '--kms', signing, '--out', '1.evb.tar');
    const text = await passes('evidence', 'verify', '1.evb.tar', '--trust', 'keys/rampart.trust.json');
    assert.match(text, /^VERIFIED/);
    const again = await passes('evidence', 'verify', '1.evb.tar', '--trust', 'keys/rampart.trust.json', '--rebuild');
    assert.match(again, /whoever sealed it answers for \d+ of these, on what lives, or is missing/);
    assert.ok(!desk.read('1.evb.tar').includes('123456789012'));
    const observations = JSON.parse(
      await passes('evidence', 'show', '1.evb.tar', '--file', 'evidence/observations.json'),
    ) as Printed['observations'];
    assert.equal(observations.find((each) => each.probe === 'cloudformation-stack')?.answer.template, 'as gated');
  });

  it('a stack is held against the templates of a bundle that verifies, and of no other', async () => {
    const trust = ['--trust', 'keys/rampart.trust.json'];
    const seen = await probe('--stack', stack, '--gated', '1.evb.tar', ...trust);
    assert.deepEqual(verdictOf(seen, 'deployed-as-gated'), ['pass']);
    assert.match(seen.stdout, /"gatedAs": "1\.evb\.tar:/);
    assert.equal((await rampart(['probe', '--stack', stack, '--gated', '1.evb.tar'])).exit, 2);
    const bytes = readFileSync(desk.path('1.evb.tar'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    desk.write('2.evb.tar', bytes);
    const forged = await rampart(['probe', '--stack', stack, '--gated', '2.evb.tar', ...trust]);
    assert.equal(forged.exit, 5, forged.stderr);
    assert.equal(forged.stdout, '');
  });

  it('sees who deployed past the gate, and what was changed by hand', async () => {
    const text = readFileSync(desk.path(`deploy/${stack}.template.yaml`), 'utf8');
    // Made anew in an empty account, the signing key too: moto gives no account of a stack it has updated.
    await fetch(`${endpoint()}/moto-api/reset`, { method: 'POST' });
    await signer('next');
    const KeyId = await deploy(text.replace('PendingWindowInDays: 30', 'PendingWindowInDays: 7'));
    await keys.send(new kms.DisableKeyRotationCommand({ KeyId }));
    const seen = await probe('--stack', stack, '--gated', '1.evb.tar', '--trust', 'keys/rampart.trust.json');
    assert.equal(seen.exit, 1);
    const found = seen.findings.find(({ requirement }) => requirement === 'deployed-as-gated');
    assert.equal(found?.verdict, 'fail', found?.reason);
    assert.match(found?.reason ?? '', /other at Resources\.\w+\.Properties\.PendingWindowInDays/);
    assert.deepEqual(verdictOf(seen, 'kms-key-rotation'), ['fail']);
    desk.write('probe.json', seen.stdout);
  });

  it('the history says what changed', async () => {
    const observed = ['--observations', 'probe.json', '--pseudonym-key', 'pseudonym.key', '--state', 'state.json'];
    await passes('evidence', 'create', 'deploy', ...observed, '--kms', signing, '--out', '2.evb.tar', '--force');
    for (const [bundle, folder] of [
      ['1.evb.tar', 'keys'],
      ['2.evb.tar', 'next'],
    ] as const) {
      await passes('evidence', 'verify', bundle, '--trust', `${folder}/rampart.trust.json`, '--state', 'seen.json');
      desk.write(`${bundle}.json`, await passes('evidence', 'show', bundle, '--file', 'results/findings.json'));
    }
    const back = await rampart([
      ...['evidence', 'verify', '1.evb.tar', '--trust', 'keys/rampart.trust.json', '--state', 'seen.json'],
    ]);
    assert.equal(back.exit, 5);
    const { exit, stdout } = await rampart(['diff', '1.evb.tar.json', '2.evb.tar.json']);
    assert.equal(exit, 1, stdout);
    assert.match(stdout, /deployed-as-gated/);
    assert.match(stdout, /kms-key-rotation/);
  });
});
