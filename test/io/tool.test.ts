import assert from 'node:assert/strict';
import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTool } from '#io/tool.js';
import { scratch } from './scratch.js';

describe('the tool that ran', () => {
  const folder = scratch();
  const installation = (): string => {
    const root = folder();
    mkdirSync(join(root, 'bin'));
    mkdirSync(join(root, 'dist/commands'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{"name": "rampart", "version": "1.2.3"}');
    writeFileSync(join(root, 'bin/run.js'), 'run');
    writeFileSync(join(root, 'dist/commands/check.js'), 'check');
    return root;
  };

  it('is named by its version and the bytes of its code, wherever it is installed', () => {
    const root = installation();
    const tool = readTool(root);
    assert.deepEqual([tool.name, tool.version], ['rampart', '1.2.3']);
    assert.match(tool.digest, /^[0-9a-f]{64}$/);
    const copy = join(folder(), 'elsewhere');
    cpSync(root, copy, { recursive: true });
    assert.deepEqual(readTool(`${copy}/`), tool);
  });

  it('gets another digest when a file changes its bytes or its name', () => {
    const root = installation();
    const { digest } = readTool(root);
    writeFileSync(join(root, 'dist/commands/check.js'), 'Check');
    const changed = readTool(root).digest;
    assert.notEqual(changed, digest);
    renameSync(join(root, 'dist/commands/check.js'), join(root, 'dist/commands/plan.js'));
    assert.notEqual(readTool(root).digest, changed);
  });

  it('says when the installation is not whole', () => {
    const root = installation();
    renameSync(join(root, 'bin/run.js'), join(root, 'bin/gone.js'));
    assert.throws(() => readTool(root), { code: 'RAMPART_INCOMPLETE', exit: 'outside' });
  });
});
