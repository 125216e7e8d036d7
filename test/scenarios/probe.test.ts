import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { secrets } from '../io/aws/credentials.js';
import {
  arn,
  caller,
  changeSetArn,
  error,
  FaultServer,
  json,
  metadata,
  queryError,
  type Replies,
  type Reply,
  stack,
  stackArn,
  stackParameters,
  stackResources,
  templateText,
  well,
  xml,
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

  const ofKey = [
    'kms-grant-own-account',
    'kms-key-policy',
    'kms-key-rotation',
    'kms-key-enabled',
    'kms-key-spec',
    'kms-key-single-region',
  ];
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
    // What was observed is judged again too, as it is sealed: under pseudonyms.
    const again = desk.rampart([
      'evidence',
      'verify',
      'one.evb.tar',
      '--allow-intact',
      '--rebuild',
      '--strict',
      '--json',
    ]);
    assert.equal(again.exit, 0, again.stdout);
    const { judgedAgain } = JSON.parse(again.stdout);
    assert.equal(judgedAgain.same, judgedAgain.findings);
  });

  it('stops at the wrong account', async () => {
    const system = readFileSync(desk.path('rampart.yaml'), 'utf8');
    desk.write('other.yaml', system.replace('boundary:\n', 'boundary:\n  account: "999999999999"\n'));
    const { exit, stderr } = await probe(['--system', 'other.yaml']);
    assert.equal(exit, 6);
    assert.match(stderr, /RAMPART_WRONG_ACCOUNT/);
    assert.deepEqual(server.calls, ['GetCallerIdentity']);
  });

  it('asks each region for its own keys, and the caller once', async () => {
    const system = readFileSync(desk.path('rampart.yaml'), 'utf8');
    desk.write('two.yaml', system.replace('regions: [us-gov-west-1]', 'regions: [us-gov-west-1, us-gov-east-1]'));
    const said = await probe(['--system', 'two.yaml', '--all-keys', '--json']);
    const { observations } = printed(said) as unknown as { observations: { probe: string; region: string }[] };
    assert.deepEqual(
      observations.map(({ probe: kind, region }) => `${kind} ${region}`),
      [
        'sts-identity us-gov-west-1',
        'kms-aliases us-gov-west-1',
        'kms-key us-gov-west-1',
        'kms-aliases us-gov-east-1',
        'kms-key us-gov-east-1',
      ],
    );
    const named = await probe(['--system', 'two.yaml', '--key', arn.replace('west', 'east'), '--json']);
    assert.match(named.stdout, /"region": "us-gov-east-1"/);
    assert.equal(server.calls.filter((call) => call === 'GetCallerIdentity').length, 1);
    const outside = await probe(['--system', 'two.yaml', '--region', 'us-gov-east-1', '--region', 'us-east-1']);
    assert.equal(outside.exit, 2);
    assert.deepEqual(server.calls, []);
    const policy = await probe(['--system', 'two.yaml', '--all-keys', '--permissions']);
    assert.equal(JSON.parse(policy.stdout).Statement.length, 4);
  });

  it('applies waivers to what it finds, and blocks on one that has run out', async () => {
    const off = { GetKeyRotationStatus: json({ KeyRotationEnabled: false }) };
    const days = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
    const waiver = (expires: string) =>
      `waivers:\n  - {requirement: kms-key-rotation, resource: "${arn}", owner: a@agency.example, approver: b@agency.example, ` +
      `reason: moved next week, approved: ${days(-9)}, ticket: POAM-1, expires: ${expires}}\n`;
    desk.write('waivers.yaml', waiver(days(1)));
    const waived = await probe(['--key', arn, '--waivers', 'waivers.yaml'], off);
    assert.equal(waived.exit, 0, waived.stdout + waived.stderr);
    assert.match(waived.stdout, /waived .*kms-key-rotation[\s\S]*moved next week[\s\S]*1 waived/);
    desk.write('waivers.yaml', waiver(days(-1)));
    const late = await probe(['--key', arn, '--waivers', 'waivers.yaml'], off);
    assert.equal(late.exit, 1);
    assert.match(late.stdout, /ran out on/);
    // It waives nothing here: it may be for a manifest.
    desk.write('waivers.yaml', waiver(days(1)));
    assert.equal((await probe(['--key', arn, '--waivers', 'waivers.yaml'])).exit, 0);
  });

  it('tells when the session ends where that is known, and fails one made for too long', async () => {
    const hours = (count: number) => ({
      AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + count * 3_600_000).toISOString(),
    });
    const session = async (more: Record<string, string>) => {
      const said = await probe(['--key', arn, '--json'], {}, more);
      return printed(said).findings.find(({ requirement }) => requirement === 'iam-session-duration')?.verdict;
    };
    assert.equal(await session({}), 'not-applicable');
    assert.equal(await session(hours(1)), 'not-applicable');
    assert.equal(await session(hours(8)), 'fail');
  });

  it('fails a grant to another account', async () => {
    const Grants = [{ GranteePrincipal: 'arn:aws-us-gov:iam::222233334444:role/reader', Operations: ['Decrypt'] }];
    const said = await probe(['--key', arn, '--json'], { ListGrants: json({ Grants, Truncated: false }) });
    const found = printed(said).findings.filter(({ verdict }) => verdict === 'fail');
    assert.deepEqual(
      found.map(({ requirement }) => requirement),
      ['kms-grant-own-account'],
    );
  });

  const text = 'Resources:\n  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}\n';
  const living: Replies = {
    DescribeStacks: stack({
      checked: new Date().toISOString().slice(0, 10),
      more: stackParameters({ Cidr: '10.0.0.0/16' }),
    }),
    GetTemplate: templateText(text),
    ListStackResources: stackResources([['Key', 'AWS::KMS::Key', metadata.KeyId ?? '']]),
    GetResource: json({
      TypeName: 'AWS::KMS::Key',
      ResourceDescription: { Identifier: metadata.KeyId, Properties: JSON.stringify({ EnableKeyRotation: true }) },
    }),
  };

  it('holds a stack and its parameters against what was gated, and reads its resources', async () => {
    desk.write('gated.yaml', text);
    desk.write('values.json', JSON.stringify({ Cidr: '10.0.0.0/16' }));
    const args = ['--key', arn, '--stack', 'chat', '--gated', 'gated.yaml', '--json'];
    const verdicts = async (given: Replies = {}, ...more: string[]) => {
      const said = await probe([...args, ...more], { ...living, ...given });
      assert.ok(said.exit === 0 || said.exit === 1, said.stderr);
      const { findings } = printed(said);
      return (requirement: string, resource = /./) =>
        findings.find((each) => each.requirement === requirement && resource.test(each.resource))?.verdict;
    };
    const whole = await verdicts({}, '--parameters', 'values.json', '--deep');
    assert.equal(whole('deployed-as-gated'), 'pass');
    assert.equal(whole('stack-in-sync'), 'pass');
    assert.equal(whole('kms-key-rotation', /^chat\/Key$/), 'pass');
    const weak = JSON.stringify({ EnableKeyRotation: false });
    const off = await verdicts({ GetResource: json({ ResourceDescription: { Properties: weak } }) }, '--deep');
    assert.equal(off('kms-key-rotation', /^chat\/Key$/), 'fail');
    const unsupported = await verdicts({ GetResource: error(400, 'UnsupportedActionException') }, '--deep');
    assert.equal(unsupported('kms-key-rotation', /^chat\/Key$/), 'unknown');
    const other = await verdicts({ GetTemplate: templateText(text.replace('true', 'false')) });
    assert.equal(other('deployed-as-gated'), 'fail');
    desk.write('values.json', JSON.stringify({ Cidr: '10.9.0.0/16' }));
    assert.equal((await verdicts({}, '--parameters', 'values.json'))('deployed-as-gated'), 'fail');
    const denied = await verdicts({ GetTemplate: queryError(403, 'AccessDenied') });
    assert.equal(denied('deployed-as-gated'), 'unknown');
  });

  it('looks at the keys a stack makes or names in its outputs, and calls none that is elsewhere', async () => {
    desk.write('gated.yaml', text);
    const other = arn.replace(/[^/]+$/, '99999999-8888-4777-a666-555555555555');
    const foreign = other.replace('us-gov-west-1', 'us-gov-east-1');
    const outputs = [other, foreign, 'https://example.gov', arn].map(
      (value) => `<member><OutputKey>O</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    const said = await probe(['--key', arn, '--stack', 'chat', '--gated', 'gated.yaml', '--json'], {
      ...living,
      DescribeStacks: stack({ more: `<Outputs>${outputs.join('')}</Outputs>` }),
    });
    const { observations } = JSON.parse(said.stdout) as {
      observations: { probe: string; subject: string; outcome: string; detail?: string }[];
    };
    const keys = observations.filter(({ probe: kind }) => kind === 'kms-key');
    assert.deepEqual(
      keys.map(({ subject, outcome }) => [subject, outcome]),
      [
        [arn, 'answered'],
        [foreign, 'failed'],
        [other, 'answered'],
      ],
    );
    assert.match(keys[1]?.detail ?? '', /is not in us-gov-west-1/);
    const unknown = printed(said).findings.filter(({ resource }) => resource === foreign);
    assert.ok(unknown.length > 0 && unknown.every(({ verdict }) => verdict === 'unknown'));
  });

  it('holds a change set against what was gated, before it is executed', async () => {
    const set = (status: string): Reply =>
      xml('DescribeChangeSet', `<ChangeSetId>${changeSetArn}</ChangeSetId><Status>${status}</Status>`);
    const verdict = async (status: string, template: string) => {
      const given = { DescribeChangeSet: set(status), GetTemplate: templateText(template) };
      const said = await probe(['--key', arn, '--change-set', changeSetArn, '--gated', 'gated.yaml', '--json'], given);
      return printed(said).findings.find(({ requirement }) => requirement === 'deployed-as-gated')?.verdict;
    };
    assert.equal(await verdict('CREATE_COMPLETE', text), 'pass');
    assert.equal(await verdict('FAILED', text), 'fail');
    assert.equal(await verdict('CREATE_COMPLETE', text.replace('true', 'false')), 'fail');
  });

  it('refuses stacks it cannot place or compare before any call', async () => {
    for (const args of [
      ['--gated', 'gated.yaml'],
      ['--stack', 'chat stack'],
      ['--stack', stackArn.replace('us-gov-west-1', 'us-east-1')],
      ['--change-set', 'next'],
      ['--stack', 'chat', '--gated', 'one.evb.tar'],
      ['--deep'],
    ]) {
      const { exit, stderr } = await probe(['--key', arn, ...args], living);
      assert.equal(exit, 2, args.join(' ') + stderr);
      assert.deepEqual(server.calls, [], args.join(' '));
    }
  });

  it('allows the calls about stacks where some are named, and the gate passes it', async () => {
    const { stdout, stderr, exit } = await probe(['--stack', 'chat', '--deep', '--permissions']);
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /describe-type/);
    const PolicyDocument = JSON.parse(stdout) as { Statement: { Sid: string }[] };
    assert.deepEqual(
      PolicyDocument.Statement.map(({ Sid }) => Sid),
      ['ReadKeysByAlias', 'ListAliases', 'ReadStacks', 'ReadResources'],
    );
    const template = {
      Resources: {
        Auditor: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'p', PolicyDocument } },
      },
    };
    desk.write('stacks-policy.json', JSON.stringify(template));
    const passed = desk.rampart(['check', 'stacks-policy.json', '--baseline', 'fedramp-rev5-high', '--all']);
    assert.equal(passed.exit, 0, passed.stdout);
  });

  it('is what the scheduled pipeline runs: findings are sealed and then fail it, no answer is not sealed', async () => {
    assert.equal(desk.rampart(['init', '--ci', 'gitlab', '--scheduled']).exit, 0);
    const [script] = parse(desk.read('.gitlab/rampart-probe.yml'))['rampart-probe'].script as string[];
    const own = (script ?? '').replaceAll(
      'npx --yes --package "$RAMPART_PACKAGE" -- rampart ',
      `"${process.execPath}" "${program}" `,
    );
    assert.notEqual(own, script);
    assert.equal(desk.rampart(['render', '--out', 'scheduled']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'scheduled-keys']).exit, 0);
    const run = async (id: string, given: Replies, more: Record<string, string> = {}): Promise<Said> => {
      server.replies = { ...well, ...given };
      const { NODE_OPTIONS: _, ...inherited } = process.env;
      const env = {
        ...inherited,
        ...environment,
        AWS_ENDPOINT_URL: server.endpoint,
        RAMPART_ID_TOKEN: 'token',
        AWS_WEB_IDENTITY_TOKEN_FILE: desk.path('id-token'),
        RAMPART_PROBE: `--key ${arn}`,
        RAMPART_MANIFESTS: 'scheduled',
        RAMPART_PSEUDONYM_KEY: 'pseudonym.key',
        RAMPART_SIGNING_KEY: 'scheduled-keys/rampart.key.pem',
        RAMPART_TRUST: 'scheduled-keys/rampart.trust.json',
        CI_PIPELINE_ID: '1',
        CI_JOB_ID: id,
        ...more,
      };
      const child = spawn('sh', ['-c', own], { cwd: desk.folder, env });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk) => (said.stdout += chunk));
      child.stderr.on('data', (chunk) => (said.stderr += chunk));
      return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, ...said })));
    };
    desk.write('pseudonym.key', 'x'.repeat(40));
    const [fine, found, none] = [
      await run('1', {}),
      await run('2', { GetKeyRotationStatus: json({ KeyRotationEnabled: false }) }),
      await run('3', { GetCallerIdentity: queryError(403, 'ExpiredToken') }),
    ];
    assert.deepEqual([fine.exit, found.exit, none.exit], [0, 1, 6], fine.stderr + found.stderr + none.stderr);
    assert.deepEqual(readdirSync(desk.path('evidence')).sort(), [
      'probe-1-1.evb.tar',
      'probe-1-2.evb.tar',
      'rampart-ledger.jsonl',
    ]);
    assert.equal(JSON.parse(desk.read('rampart-state.json')).heads[0].sequence, 2);
    const head = found.stdout.trim().split('\n').at(-1) ?? '';
    assert.match(head, /^2:[0-9a-f]{64}$/);
    const held = desk.rampart(['ledger', 'verify', 'evidence/rampart-ledger.jsonl', '--head', head]);
    assert.equal(held.exit, 0, held.stdout);
    const [first, second] = JSON.parse(
      desk.rampart(['ledger', 'history', 'evidence/rampart-ledger.jsonl', '--json']).stdout,
    ).entries;
    assert.deepEqual([first.verdict, second.verdict], ['PASSED', 'FAILED']);
    // The option for KMS takes the place of the file: what nobody may ask for is refused, and nothing is sealed.
    const elsewhere = await run('4', {}, { RAMPART_KMS: 'arn:aws:kms:us-east-1:123456789012:alias/evidence' });
    assert.match(elsewhere.stderr, /RAMPART_OUTSIDE_BOUNDARY/);
    assert.equal(elsewhere.exit, 2);
    assert.equal(readdirSync(desk.path('evidence')).length, 3);
  });
});
