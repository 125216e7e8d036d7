import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editorSchema } from '#session/editor-schema.js';

describe('the schema editors know a file by', () => {
  const root = mkdtempSync(join(tmpdir(), 'rampart-schema-'));
  const project = join(root, 'project');
  const installed = join(project, 'node_modules/rampart/dist/schemas');
  mkdirSync(join(project, 'deploy'), { recursive: true });
  after(() => rmSync(root, { recursive: true }));

  it('is a copy beside it where the project has no Rampart of its own', async () => {
    const { reference, write } = editorSchema(project, 'system', { type: 'object' });
    assert.equal(reference, './.rampart/system.schema.json');
    assert.equal(await write(), join(project, '.rampart/system.schema.json'));
    assert.deepEqual(JSON.parse(readFileSync(join(project, reference), 'utf8')), { type: 'object' });
    await editorSchema(project, 'system', { type: 'string' }).write();
    assert.deepEqual(JSON.parse(readFileSync(join(project, reference), 'utf8')), { type: 'string' });
  });

  it('is that of the Rampart the project has installed, in the folder or above it', async () => {
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'system.schema.json'), '{}');
    const path = 'node_modules/rampart/dist/schemas/system.schema.json';
    assert.equal(editorSchema(project, 'system', {}).reference, `./${path}`);
    const below = editorSchema(join(project, 'deploy'), 'system', {});
    assert.equal(below.reference, `../${path}`);
    assert.equal(await below.write(), undefined);
  });
});
