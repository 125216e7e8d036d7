import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, constants, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { objectsOf } from '#build/bench-objects.js';
import { Desk, program } from './command-line.js';

const hook = fileURLToPath(new URL('interrupting.mjs', import.meta.url));

/** Opens a pipe for writing once somebody has it open for reading. */
async function whenRead(pipe: string): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      await setTimeout(20);
    }
  }
}

describe('Ctrl-C', function () {
  this.timeout(60_000);
  const desk = new Desk('both');
  after(() => desk.clear());

  it('in the middle of writing leaves nothing half-written', function () {
    if (process.platform === 'win32') this.skip();
    const before = readdirSync(desk.folder, { recursive: true });
    const { exit, stderr } = desk.rampart(['render', '--out', 'deploy'], { NODE_OPTIONS: `--import=${hook}` });
    assert.match(stderr, /a temporary file is there/);
    assert.match(stderr, /Interrupted \(SIGINT\)\. Nothing was left half-written/);
    assert.equal(exit, 6);
    assert.deepEqual(readdirSync(desk.folder, { recursive: true }), before);
  });

  it('while a file is waited for ends with a sentence', async function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [desk.path('slow.yaml')]);
    const child = spawn(process.execPath, [program, 'check', 'slow.yaml'], { cwd: desk.folder });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const writer = await whenRead(desk.path('slow.yaml'));
    child.kill('SIGINT');
    const exit = await ended;
    closeSync(writer);
    assert.match(said, /Interrupted \(SIGINT\)/);
    assert.equal(exit, 6);
  });
});

describe('Ctrl-C in the midst of work', function () {
  this.timeout(60_000);
  const desk = new Desk('both');
  before(() => desk.write('objects.yaml', objectsOf(40_000)));
  after(() => desk.clear());

  it('ends the process at once, though judging makes no pause', async function () {
    if (process.platform === 'win32') this.skip();
    const child = spawn(process.execPath, [program, 'check', 'objects.yaml', '--format', 'json'], { cwd: desk.folder });
    let said = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.length;
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
    await setTimeout(1500);
    const start = performance.now();
    child.kill('SIGINT');
    assert.equal(await ended, 'SIGINT');
    assert.ok(performance.now() - start < 1000, 'it went on');
    assert.equal(said, 0);
  });
});

describe('a folder without permission', function () {
  this.timeout(60_000);
  const desk = new Desk('both');
  // Root may read and write everything, so there the commands run as nobody.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
  const home = { HOME: desk.folder };
  before(function () {
    if (process.platform === 'win32') this.skip();
    if (user && spawnSync(process.execPath, [program, '--version'], { ...user, env: home }).status !== 0) {
      process.stderr.write('      skipped: this node or this checkout cannot be run by nobody\n');
      this.skip();
    }
    if (user) {
      for (const path of [desk.folder, desk.path('rampart.yaml')]) chownSync(path, user.uid, user.gid);
    }
    desk.write('good.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n');
    mkdirSync(desk.path('closed'));
    chmodSync(desk.path('closed'), 0);
    mkdirSync(desk.path('sealed'));
    chmodSync(desk.path('sealed'), 0o555);
  });
  after(() => {
    if (existsSync(desk.path('closed'))) chmodSync(desk.path('closed'), 0o755);
    desk.clear();
  });

  it('to read is named, and does not hide what can be read', () => {
    const run = desk.rampart(['check', 'closed', 'good.yaml', '--baseline', 'fedramp-rev5-moderate'], home, user);
    assert.equal(run.exit, 3, run.stderr);
    assert.match(run.stdout, /^closed {2}not read {2}Cannot list closed: permission denied/m);
    assert.match(run.stdout, /log-group-retention/);
    assert.doesNotMatch(run.stdout + run.stderr, /\n {4}at /);
  });

  it('to write is named, and nothing is written', () => {
    const run = desk.rampart(['render', '--out', 'sealed/deploy'], home, user);
    assert.equal(run.exit, 6, run.stderr);
    assert.match(run.stderr, /sealed/);
    assert.match(run.stderr, /Give this user permission/);
    assert.deepEqual(readdirSync(desk.path('sealed')), []);
  });
});
