import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** One file for each rule that breaks it. */
const canaries: Readonly<Record<string, [path: string, text: string]>> = {
  'model-stands-alone': ['src/model/canary.ts', "import '../check/check.js';\n"],
  'rooms-do-not-meet': ['src/check/canary.ts', "import '#report/formats/json.js';\n"],
  'only-io-touches-the-world': ['src/plan/canary.ts', "import 'node:fs';\n"],
  'only-commands-know-oclif': ['src/render/canary.ts', "import '@oclif/core/command';\n"],
  'nobody-imports-commands': ['src/session/canary.ts', "import '../commands/check.js';\n"],
  'build-is-for-building': ['src/session/other-canary.ts', "import '../build/controls.js';\n"],
  'no-drawers': ['src/live/canary.ts', "import './utils/canary.js';\n"],
  'no-cycles': ['src/manifest/canary.ts', "import { b } from './canary-two.js';\nexport const a = b;\n"],
  resolvable: ['src/io/canary.ts', "import './nowhere.js';\n"],
};

/** The sequences that colour a terminal. */
const escapes = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

describe('layers', function () {
  this.timeout(120_000);
  let folder: string;

  const run = (): { status: number | null; output: string } => {
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const arguments_ = [program, '--config', '.ci/layers.cjs', '--output-type', 'err', 'src'];
    const { status, stdout, stderr } = spawnSync(process.execPath, arguments_, { cwd: folder, encoding: 'utf8' });
    return { status, output: (stdout + stderr).replace(escapes, '') };
  };

  before(() => {
    folder = mkdtempSync(join(root, '.layers-'));
    for (const part of ['src', '.ci', 'package.json', 'tsconfig.json'])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are kept, and noticed when broken, every one', () => {
    for (const [path, text] of Object.values(canaries)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    mkdirSync(join(folder, 'src/live/utils'));
    writeFileSync(join(folder, 'src/live/utils/canary.ts'), 'export const drawer = 1;\n');
    writeFileSync(
      join(folder, 'src/manifest/canary-two.ts'),
      "import { a } from './canary.js';\nexport const b = a;\n",
    );
    const { status, output } = run();
    assert.notEqual(status, 0);
    assert.deepEqual(
      Object.keys(canaries).filter((rule) => !output.includes(rule)),
      [],
      output,
    );
    // What is not a canary breaks none.
    const broken = [...output.matchAll(/^ *error [\w-]+: (\S+)/gm)].map(([, path = '']) => path);
    assert.ok(broken.length >= Object.keys(canaries).length, output);
    assert.deepEqual(
      broken.filter((path) => !/canary(-two)?\.ts$/.test(path)),
      [],
    );
  });
});
