import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { planOf } from '../../src/build/bench-plan.js';
import { Desk, program } from '../scenarios/command-line.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How long a process takes; the least of several runs, since a busy machine only adds. */
function shortest(args: readonly string[]): number {
  const times = Array.from({ length: 9 }, () => {
    const began = process.hrtime.bigint();
    assert.equal(spawnSync(process.execPath, args, { stdio: 'ignore' }).status, 0);
    return Number(process.hrtime.bigint() - began);
  });
  return Math.min(...times);
}

describe('what a run and an installation take', function () {
  this.timeout(180_000);

  // `npm run bench` holds each of these to its real limit; here is what no machine is too busy for.
  it('--version takes a few times what Node takes to do nothing', () => {
    const nothing = shortest(['-e', '0']);
    assert.ok(shortest([program, '--version']) < 8 * nothing);
  });

  it('a plan of 10,000 resources is judged in little memory', () => {
    const desk = new Desk('bedrock');
    try {
      desk.write('plan.json', planOf(10_000));
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--max-old-space-size=256', program, 'check', 'plan.json', '--baseline', 'fedramp-rev5-moderate'],
        { cwd: desk.folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
      );
      assert.equal(status, 1, stderr.slice(-500));
    } finally {
      desk.clear();
    }
  });

  it('what is installed is small and brings nothing with it', () => {
    const { dependencies, optionalDependencies, scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
    assert.deepEqual(Object.keys({ ...dependencies, ...optionalDependencies }), []);
    for (const hook of ['preinstall', 'install', 'postinstall']) assert.equal(scripts[hook], undefined);
    const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const [{ unpackedSize, entryCount }] = JSON.parse(packed.stdout);
    assert.ok(unpackedSize < 10 * 1024 * 1024, `${unpackedSize} bytes`);
    assert.ok(entryCount < 500, `${entryCount} files`);
  });
});
