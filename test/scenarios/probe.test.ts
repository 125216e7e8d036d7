import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { secrets } from '../io/aws/credentials.js';
import {
  arn,
  caller,
  error,
  FaultServer,
  json,
  metadata,
  queryError,
  type Replies,
  type Reply,
  well,
} from '../io/aws/fault-server.js';
import { Desk, program, type Said } from './command-line.js';

/** The example credentials and no other file or host of AWS's. */
const environment = {
  ...secrets,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  NO_COLOR: '1',
};

describe('rampart probe', function () {
  this.timeout(120_000);
  const desk = new Desk();
  const server = new FaultServer();
  before(() => server.start());
  after(() => {
    server.stop();
    desk.clear();
  });

  /** Not spawnSync: the server is in this process. */
  const probe = (args: readonly string[], given: Replies = {}, more: Record<string, string> = {}): Promise<Said> => {
    server.replies = { ...well, ...given };
    server.calls = [];
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const env = { ...inherited, ...environment, AWS_ENDPOINT_URL: server.endpoint, ...more };
    const child = spawn(process.execPath, [program, 'probe', ...args], { cwd: desk.folder, env });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (said.stdout += chunk));
    child.stderr.on('data', (chunk) => (said.stderr += chunk));
    return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, ...said })));
  };

  type Printed = {
    observations: { subject: string; outcome: string }[];
    findings: { requirement: string; verdict: string; resource: string; reason: string }[];
  };
  const printed = ({ stdout }: Said): Printed => JSON.parse(stdout) as Printed;

  it('passes an account in which all is well, with the keys of the plan by their aliases', async () => {
    const said = await probe(['--json']);
    assert.equal(said.exit, 0, said.stdout + said.stderr);
    const { observations, findings } = printed(said);
    assert.deepEqual(observations.map(({ subject }) => subject).slice(0, 1), ['caller']);
    assert.ok(server.calls.filter((call) => call === 'DescribeKey').length === 2, server.calls.join());
    assert.ok(findings.some(({ requirement, verdict }) => requirement === 'kms-key-policy' && verdict === 'pass'));
    assert.match(said.stderr, /account was not compared: .*boundary\.account/);
    assert.doesNotMatch(said.stderr, /Looked at/);
  });

  it('asks for the aliases that the rendered templates make', async () => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    const templates = ['chat', 'summarizer'].map((name) => `deploy/${name}.template.yaml`);
    const missing = { DescribeKey: error(400, 'NotFoundException') };
    const ofPlan = printed(await probe(['--json'], missing)).observations.map(({ subject }) => subject);
    const ofTemplates = printed(
      await probe(['--json', ...templates.flatMap((path) => ['--template', path])], missing),
    ).observations.map(({ subject }) => subject);
    assert.deepEqual(ofPlan, ['caller', 'alias/rampart-records-ai-chat', 'alias/rampart-records-ai-summarizer']);
    assert.deepEqual(ofTemplates, ofPlan);
  });

  it('looks at every key with an alias when told so', async () => {
    const said = await probe(['--all-keys', '--json']);
    assert.equal(said.exit, 0);
    assert.equal(server.calls.filter((call) => call === 'DescribeKey').length, 1);
  });

  const ofKey = ['kms-key-policy', 'kms-key-rotation', 'kms-key-enabled', 'kms-key-spec', 'kms-key-single-region'];
  for (const [call, spoken] of [
    ['GetKeyPolicy', ['kms-key-policy']],
    ['GetKeyRotationStatus', ['kms-key-rotation']],
    ['DescribeKey', ofKey],
    ['GetCallerIdentity', ['iam-no-long-lived-keys', 'arn-partition']],
  ] as const) {
    const judged = async (reply: Reply) => {
      const said = await probe(['--key', arn, '--json'], { [call]: reply });
      assert.equal(said.exit, 1, said.stderr);
      const found = printed(said).findings.filter(({ requirement }) => spoken.some((each) => each === requirement));
      assert.equal(found.length, spoken.length);
      return found;
    };
    const refused = call === 'GetCallerIdentity' ? queryError : error;

    it(`leaves open what ${call} was denied, and names the permission`, async () => {
      for (const { verdict, reason } of await judged(refused(403, 'AccessDenied'))) {
        assert.equal(verdict, 'unknown');
        assert.match(reason, new RegExp(`permission \\w+:${call}`));
      }
    });

    it(`leaves open what ${call} could not say`, async () => {
      for (const { verdict } of await judged(refused(500, 'InternalFailure'))) assert.equal(verdict, 'unknown');
    });

    it(`passes nothing when ${call} says nothing`, async () => {
      const empty = call === 'GetCallerIdentity' ? '<a/>' : {};
      for (const { verdict } of await judged({ status: 200, body: empty })) assert.notEqual(verdict, 'pass');
    });
  }

  it('fails what is wrong, by the ids the gate uses', async () => {
    const open = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }] };
    for (const [requirement, given] of [
      ['kms-key-policy', { GetKeyPolicy: json({ Policy: JSON.stringify(open) }) }],
      ['kms-key-rotation', { GetKeyRotationStatus: json({ KeyRotationEnabled: true, RotationPeriodInDays: 2560 }) }],
      ['kms-key-enabled', { DescribeKey: json({ KeyMetadata: { ...metadata, KeyState: 'PendingDeletion' } }) }],
      ['kms-key-spec', { DescribeKey: json({ KeyMetadata: { ...metadata, KeySpec: 'ECC_SECG_P256K1' } }) }],
      ['kms-key-single-region', { DescribeKey: json({ KeyMetadata: { ...metadata, MultiRegion: true } }) }],
      ['iam-no-long-lived-keys', { GetCallerIdentity: caller('arn:aws-us-gov:iam::123456789012:root') }],
      ['iam-no-long-lived-keys', { GetCallerIdentity: caller('arn:aws-us-gov:iam::123456789012:user/build') }],
      ['arn-partition', { GetCallerIdentity: caller('arn:aws:sts::123456789012:assumed-role/a/b') }],
    ] as [string, Replies][]) {
      const said = await probe(['--key', arn, '--json'], given);
      assert.equal(said.exit, 1, requirement);
      const failed = printed(said).findings.filter(({ verdict }) => verdict === 'fail');
      assert.deepEqual(
        failed.map((each) => each.requirement),
        [requirement],
      );
    }
  });

  it('shows what was not seen, though no requirement speaks of it', async () => {
    const { stdout } = await probe(['--key', arn], { ListGrants: error(403, 'AccessDeniedException') });
    assert.match(stdout, /grants depends on permission kms:ListGrants/);
  });

  it('prints the policy for its calls, without a call, and the gate passes it', async () => {
    const { exit, stdout, stderr } = await probe(['--permissions'], {}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /sts:GetCallerIdentity needs no permission/);
    assert.deepEqual(server.calls, []);
    const PolicyDocument = JSON.parse(stdout) as { Statement: object[] };
    assert.equal(PolicyDocument.Statement.length, 2);
    const given = (document: object) =>
      JSON.stringify({
        Resources: {
          Auditor: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: { ManagedPolicyName: 'rampart-probe', PolicyDocument: document },
          },
        },
      });
    const gate = (text: string) =>
      desk.rampart(['check', desk.write('policy.json', text), '--baseline', 'fedramp-rev5-high', '--all']);
    const passed = gate(given(PolicyDocument));
    assert.equal(passed.exit, 0, passed.stdout);
    assert.match(passed.stdout, /iam-no-admin/);
    const wide = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    assert.equal(gate(given(wide)).exit, 1);
  });

  it('refuses a region outside the boundary and words that are no key before any call', async () => {
    for (const args of [
      ['--region', 'us-east-1', '--key', arn],
      ['--key', 'nothing'],
      ['--region', 'us-east-1', '--all-keys'],
    ]) {
      for (const more of [[], ['--permissions']]) {
        const { exit } = await probe([...args, ...more]);
        assert.equal(exit, 2, args.join(' '));
        assert.deepEqual(server.calls, []);
      }
    }
  });

  it('is sealed with no account in it, though policies and findings name some', async () => {
    const [other, third] = ['222233334444', '333344445555'];
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { AWS: [other, `arn:aws-us-gov:iam::${third}:role/a`] },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': other } },
      },
    ];
    const said = await probe(['--key', arn, '--json'], {
      GetKeyPolicy: json({ Policy: JSON.stringify({ Statement }) }),
      GetCallerIdentity: caller('arn:aws-us-gov:iam::123456789012:user/build'),
    });
    const failed = printed(said).findings.filter(({ verdict }) => verdict === 'fail');
    assert.deepEqual(
      failed.map(({ requirement }) => requirement),
      ['iam-no-long-lived-keys', 'kms-key-policy'],
    );
    assert.match(failed[0]?.resource ?? '', /123456789012/);
    desk.write('probe.json', said.stdout);
    desk.write('pseudonym.key', 'x'.repeat(40));
    assert.equal(desk.rampart(['render', '--out', 'sealed']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys']).exit, 0);
    const given = ['--observations', 'probe.json', '--pseudonym-key', 'pseudonym.key', '--key', 'keys/rampart.key.pem'];
    const { stderr } = desk.rampart(['evidence', 'create', 'sealed', ...given, '--out', 'one.evb.tar']);
    assert.doesNotMatch(stderr, /RAMPART_/);
    const bundle = desk.read('one.evb.tar');
    assert.match(bundle, /acct-[0-9a-f]{20}/);
    for (const account of ['123456789012', other, third]) assert.ok(!bundle.includes(account ?? ''), account);
  });

  it('stops at the wrong account', async () => {
    const system = readFileSync(desk.path('rampart.yaml'), 'utf8');
    desk.write('other.yaml', system.replace('boundary:\n', 'boundary:\n  account: "999999999999"\n'));
    const { exit, stderr } = await probe(['--system', 'other.yaml']);
    assert.equal(exit, 6);
    assert.match(stderr, /RAMPART_WRONG_ACCOUNT/);
    assert.deepEqual(server.calls, ['GetCallerIdentity']);
  });
});
