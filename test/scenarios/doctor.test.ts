import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import type { Diagnosis } from '#model/diagnosis.js';
import { secrets } from '../io/aws/credentials.js';
import { account, caller, error, FaultServer, queryError, type Replies, well } from '../io/aws/fault-server.js';
import { Desk, program, type Said } from './command-line.js';

const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', NO_COLOR: '1' };
const environment: Readonly<Record<string, string>> = { ...secrets, ...files, AWS_EC2_METADATA_DISABLED: 'true' };

describe('rampart doctor', function () {
  this.timeout(120_000);
  const desk = new Desk();
  const server = new FaultServer();
  before(() => server.start());
  after(() => {
    server.stop();
    desk.clear();
  });

  const doctor = (args: readonly string[], given: Replies = {}, more: Record<string, string> = {}): Promise<Said> => {
    server.replies = { ...well, nothing: error(404, 'Nothing'), ...given };
    server.calls = [];
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    for (const name of Object.keys(inherited)) if (name.startsWith('AWS_')) delete inherited[name];
    const env = { ...inherited, ...environment, AWS_ENDPOINT_URL: server.endpoint, ...more };
    const child = spawn(process.execPath, [program, 'doctor', ...args], { cwd: desk.folder, env });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      said.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.stderr += chunk;
    });
    return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, ...said })));
  };
  const lines = ({ stdout }: Said): Map<string, Diagnosis> =>
    new Map((JSON.parse(stdout) as { diagnoses: Diagnosis[] }).diagnoses.map((each) => [each.id, each]));
  const states = (said: Said) => Object.fromEntries([...lines(said)].map(([id, { state }]) => [id, state]));

  it('finds nothing wrong where nothing is', async () => {
    const said = await doctor(['--json']);
    assert.equal(said.exit, 0, said.stderr);
    const { fips, ...rest } = states(said);
    assert.ok(fips === 'warn' || fips === 'ok');
    const ids = [
      'node',
      'openssl',
      'write',
      'system',
      'data',
      'terminal',
      'endpoint-sts',
      'endpoint-kms',
      'clock',
      'credentials',
    ];
    assert.deepEqual(rest, Object.fromEntries(ids.map((id) => [id, 'ok'])));
  });

  it('has a fix on each line that is not well, in both forms', async () => {
    const refused = queryError(403, 'InvalidClientTokenId');
    const said = await doctor(
      ['--json'],
      { GetCallerIdentity: refused },
      { AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:9' },
    );
    assert.equal(said.exit, 6);
    const bad = [...lines(said).values()].filter(({ state }) => state !== 'ok');
    assert.ok(bad.length >= 2);
    for (const { id, fix } of bad) assert.ok(fix, id);
    assert.equal(lines(said).get('credentials')?.state, 'fail');
    assert.match(lines(said).get('endpoint-kms')?.said ?? '', /was not reached: .*ECONNREFUSED/);
    const { stdout, exit } = await doctor([], { GetCallerIdentity: refused });
    assert.equal(exit, 6);
    assert.match(stdout, /^fail {2}credentials .*InvalidClientTokenId.*\n +fix: Sign in/m);
  });

  it('compares the clock with that of STS', async () => {
    for (const [seconds, state] of [
      [0, 'ok'],
      [90, 'warn'],
      [-90, 'warn'],
      [600, 'fail'],
      [-7200, 'fail'],
    ] as const) {
      // Of the moment of the answer: on a busy machine a program starts for seconds.
      const headers = {
        get date() {
          return new Date(Date.now() + seconds * 1000).toUTCString();
        },
      };
      const said = await doctor(['--json'], { nothing: { ...error(404, 'Nothing'), headers } });
      assert.equal(lines(said).get('clock')?.state, state, String(seconds));
      if (seconds !== 0) assert.match(lines(said).get('clock')?.said ?? '', seconds > 0 ? /behind/ : /ahead/);
    }
  });

  it('tells kinds of credentials apart', async () => {
    for (const [arn, more, state] of [
      [`arn:aws-us-gov:iam::${account}:root`, {}, 'warn'],
      [`arn:aws-us-gov:iam::${account}:user/build`, { AWS_SESSION_TOKEN: '' }, 'warn'],
      [`arn:aws-us-gov:sts::${account}:assumed-role/auditor/jane.doe@agency.example`, {}, 'ok'],
    ] as const) {
      const said = await doctor(['--json'], { GetCallerIdentity: caller(arn) }, more);
      assert.equal(lines(said).get('credentials')?.state, state, arn);
    }
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' };
    const said = await doctor(['--json'], {}, none);
    assert.deepEqual([said.exit, lines(said).get('credentials')?.state], [0, 'warn']);
    assert.match(lines(said).get('credentials')?.said ?? '', /No AWS credentials were found/);
  });

  it('keeps account, names, paths and secrets to itself', async () => {
    const GetCallerIdentity = caller(`arn:aws-us-gov:sts::${account}:assumed-role/auditor/jane.doe@agency.example`);
    for (const args of [[], ['--json']]) {
      const { stdout, stderr } = await doctor(args, { GetCallerIdentity });
      for (const secret of [...Object.values(secrets), account, 'jane', 'auditor', desk.folder, '127.0.0.1']) {
        assert.ok(!(stdout + stderr).includes(secret), secret);
      }
      assert.match(stdout, /account …9012/);
    }
  });

  it('asks nothing of the network when told not to', async () => {
    const said = await doctor(['--offline', '--json']);
    assert.equal(said.exit, 0);
    assert.deepEqual(server.calls, []);
    assert.ok(!lines(said).has('endpoint-sts'));
  });

  it('says that the system file is wrong, that none is there, and where nothing can be written', async function () {
    desk.write('broken.yaml', 'name: [');
    const broken = await doctor(['--offline', '--system', 'broken.yaml', '--json']);
    assert.deepEqual([broken.exit, lines(broken).get('system')?.state], [6, 'fail']);
    // Nobody else's id, so that permission bits count for root too.
    if (process.getuid?.() !== 0) return;
    mkdirSync(desk.path('shut'));
    chmodSync(desk.path('shut'), 0o555);
    chmodSync(desk.folder, 0o555);
    const shut = desk.rampart(['doctor', '--offline', '--json'], {}, { uid: 65534, gid: 65534 });
    chmodSync(desk.folder, 0o755);
    if (shut.exit === null) {
      process.stderr.write('      skipped: this node or this checkout cannot be run by nobody\n');
      this.skip();
    }
    assert.equal(shut.exit, 6, shut.stderr);
    assert.match(lines(shut).get('write')?.said ?? '', /\(EACCES\)/);
  });

  it('refuses a region outside the boundary', async () => {
    const { exit } = await doctor(['--region', 'us-east-1']);
    assert.equal(exit, 2);
    assert.deepEqual(server.calls, []);
  });
});
