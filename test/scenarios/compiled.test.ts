import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { objectsOf } from '../../src/build/bench-objects.js';
import { templateOf } from '../../src/build/bench-template.js';
import { Desk, program } from './command-line.js';

const isOurs = Number.parseInt(process.versions.node, 10) < 22;

describe('compiled code that is kept between runs', function () {
  this.timeout(120_000);
  const desk = new Desk();
  after(() => desk.clear());
  const {
    NODE_OPTIONS: _,
    CI: __,
    XDG_CACHE_HOME: ___,
    NODE_COMPILE_CACHE: ____,
    NODE_DISABLE_COMPILE_CACHE: _____,
    ...inherited
  } = process.env;

  const folders = ['home', 'home/.cache', 'cache', 'temporary'];
  beforeEach(() => {
    for (const folder of ['home', 'cache', 'temporary']) {
      rmSync(desk.path(folder), { recursive: true, force: true });
      mkdirSync(desk.path(folder));
    }
    desk.write('small.yaml', 'Resources: {B: {Type: AWS::S3::Bucket}}\n');
  });
  const place = { HOME: desk.path('home'), TMPDIR: desk.path('temporary') };
  const check = (file = 'small.yaml', env: Readonly<Record<string, string | undefined>> = {}) => {
    const args = [program, 'check', file, '--baseline', 'fedramp-rev5-moderate'];
    const run = spawnSync(process.execPath, args, {
      cwd: desk.folder,
      encoding: 'utf8',
      env: { ...inherited, NO_COLOR: '1', ...place, ...env },
    });
    return { exit: run.status, stdout: run.stdout, stderr: run.stderr };
  };
  const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  const held = () => folders.map((folder) => namesIn(desk.path(folder)));
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .sort();
  const kept = () => filesIn(desk.path('home/.cache/rampart'));

  it('stands where only the user writes, or nowhere', () => {
    check('small.yaml', { HOME: undefined });
    assert.deepEqual(held(), [[], [], [], []]);
    check('small.yaml', { NODE_DISABLE_COMPILE_CACHE: '1' });
    assert.deepEqual(held(), [[], [], [], []]);
    check();
    assert.deepEqual(held(), [['.cache'], ['rampart'], [], []]);
    check('small.yaml', { XDG_CACHE_HOME: desk.path('cache') });
    assert.deepEqual(held(), [['.cache'], ['rampart'], ['rampart'], []]);
    assert.equal(statSync(desk.path('home/.cache/rampart')).mode & 0o022, 0);
  });

  it('changes nothing but time', () => {
    const first = check();
    assert.equal(first.exit, 1);
    assert.ok(kept().length > 2);
    assert.deepEqual(check(), first);
  });

  if (!isOurs) return;

  it('is kept of each command by itself, once', () => {
    check();
    const before = kept().map((path) => [path, statSync(path).ino]);
    const commands = () => [...new Set(kept().map((path) => path.split('/').at(-2)))];
    assert.deepEqual(commands(), ['check']);
    check();
    assert.deepEqual(
      kept().map((path) => [path, statSync(path).ino]),
      before,
    );
    spawnSync(process.execPath, [program, 'controls', 'list'], { env: { ...inherited, ...place } });
    spawnSync(process.execPath, [program, '--version'], { env: { ...inherited, ...place } });
    assert.deepEqual(commands().sort(), ['check', 'controls+list', 'other']);
  });

  // What is read in another language is loaded when V8 has been set already.
  for (const [what, text] of [
    ['a template', templateOf(200)],
    ['objects', objectsOf(100)],
  ] as const) {
    it(`is of use after a run over much, for which V8 is set otherwise: ${what}`, () => {
      assert.ok(text.length > 32 * 1024);
      desk.write('large.yaml', text);
      const first = check('large.yaml');
      const before = kept().map((path) => statSync(path).ino);
      assert.ok(before.length > 2);
      assert.deepEqual(check('large.yaml'), first);
      check();
      assert.deepEqual(
        kept().map((path) => statSync(path).ino),
        before,
      );
    });
  }

  it('is left alone where it is not whole, and made again', () => {
    const good = check();
    for (const spoil of [
      (bytes: Buffer) => bytes.subarray(0, bytes.length / 2),
      () => Buffer.alloc(0),
      () => Buffer.alloc(3),
      ...[0.1, 0.5, 0.9].map((part) => (bytes: Buffer) => {
        const at = Math.floor(bytes.length * part);
        bytes[at] = (bytes[at] ?? 0) ^ 0x41;
        return bytes;
      }),
    ]) {
      const whole = kept().map((path) => readFileSync(path).length);
      for (const path of kept()) writeFileSync(path, spoil(readFileSync(path)));
      assert.deepEqual(check(), good);
      // Made again, of the functions this run needed.
      for (const [at, path] of kept().entries())
        assert.ok(readFileSync(path).length > (whole[at] ?? 0) * 0.8, `${path} was not made again`);
    }
  });

  it('is done without where it cannot be read', () => {
    const good = check();
    for (const path of kept()) {
      rmSync(path);
      mkdirSync(path);
    }
    assert.deepEqual(check(), good);
  });

  it('is not taken from a folder others may write to', () => {
    check();
    const folder = join(kept()[0] ?? '', '..');
    for (const path of kept()) writeFileSync(path, 'planted');
    chmodSync(folder, 0o777);
    assert.equal(check().exit, 1);
    for (const path of kept()) assert.equal(readFileSync(path, 'utf8'), 'planted');
  });

  it('is not kept on a machine of one run, nor of a run that went wrong', () => {
    check('small.yaml', { CI: 'true' });
    assert.deepEqual(held(), [[], [], [], []]);
    assert.equal(check('nowhere.yaml').exit, 3);
    assert.deepEqual(held(), [[], [], [], []]);
  });

  it('gives way to that of newer builds', () => {
    check();
    const builds = join(kept()[0] ?? '', '../../..');
    const [own = ''] = readdirSync(builds);
    assert.equal(own.length, 64);
    for (const [age, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      mkdirSync(join(builds, name));
      utimesSync(join(builds, name), 0, 1_000_000_000 - age);
    }
    rmSync(join(builds, own), { recursive: true });
    check();
    assert.deepEqual(readdirSync(builds).sort(), [own, 'a', 'b', 'c'].sort());
  });

  it('does not stand in the way where it cannot be kept', () => {
    writeFileSync(desk.path('home/.cache'), 'a file');
    const run = check();
    assert.equal(run.exit, 1);
    assert.equal(run.stderr, '');
  });
});
