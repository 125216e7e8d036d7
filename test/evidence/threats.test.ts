import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import { type Threat, threats } from './threats.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A test that passes with its guard taken away proves nothing: here each guard is, and its test has to fail. */
describe('what protects evidence', function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    // As JavaScript, which starts in a third of the time.
    folder = mkdtempSync(join(tmpdir(), 'rampart-threats-'));
    const sources = ['src', 'test/evidence'].flatMap((part) =>
      readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
        .map((path) => `${part}/${path}`),
    );
    buildSync({ entryPoints: sources, absWorkingDir: root, outdir: folder, outbase: root, format: 'esm' });
    cpSync(join(root, 'src/generated'), join(folder, 'src/generated'), { recursive: true });
    const imports = { '#*.js': './src/*.js' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports }));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The titles that failed, of all tests that have one of these in their name. */
  function failing(files: readonly string[], titles: readonly string[]): { run: number; failed: string[] } {
    const any = titles.map((title) => title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/mocha/bin/mocha.js'),
        ...['--no-package', '--timeout', '60000', '--reporter', 'json', '--grep', any],
        ...files.map((file) => `test/evidence/${file.replace(/ts$/, 'js')}`),
      ],
      { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    assert.match(stdout, /^\s*\{/, stderr);
    const { stats, failures } = JSON.parse(stdout) as { stats: { tests: number }; failures: { title: string }[] };
    return { run: stats.tests, failed: failures.map(({ title }) => title) };
  }

  it('is in place, and all its tests pass', () => {
    const files = [...new Set(threats.map(({ noticed: [file] }) => file))];
    const { run, failed } = failing(
      files,
      threats.map(({ noticed: [, title] }) => title),
    );
    assert.deepEqual(failed, []);
    assert.ok(run >= new Set(threats.map(({ noticed }) => noticed.join())).size, `${run} tests`);
  });

  for (const threat of threats) {
    it(`${threat.name}: is noticed when the guard is gone`, () => {
      const kept = takeAway(threat);
      const [file, title] = threat.noticed;
      const { failed } = failing([file], [title]);
      for (const [path, text] of kept) writeFileSync(path, text);
      assert.ok(
        failed.some((each) => each.includes(title)),
        `with the guard taken away, "${title}" still passes`,
      );
    });
  }

  /** The built files as they were. */
  function takeAway({ guards }: Threat): Map<string, string> {
    const kept = new Map<string, string>();
    for (const source of new Set(guards.map(({ file }) => file))) {
      let text = readFileSync(join(root, source), 'utf8');
      for (const guard of guards.filter(({ file }) => file === source)) {
        assert.equal(text.split(guard.text).length, 2, `${source} holds this guard once: ${guard.text}`);
        text = text.replace(guard.text, () => guard.left ?? '');
      }
      const built = join(folder, source.replace(/ts$/, 'js'));
      kept.set(built, readFileSync(built, 'utf8'));
      writeFileSync(built, transformSync(text, { loader: 'ts', format: 'esm' }).code);
    }
    return kept;
  }
});
