import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceText } from '../../src/io/replace-file.js';

describe('replacing the text of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rampart-'));
  const path = join(folder, 'a.yaml');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its byte order mark', async () => {
    writeFileSync(path, '\ufeffa: 1\n');
    await replaceText(path, 'a: 1\n', 'a: 2\n', 100);
    assert.equal(readFileSync(path, 'utf8'), '\ufeffa: 2\n');
  });

  it('is refused where somebody changed it meanwhile', async () => {
    writeFileSync(path, 'a: 3\n');
    await assert.rejects(replaceText(path, 'a: 1\n', 'a: 2\n', 100), { code: 'RAMPART_CHANGED_MEANWHILE' });
    assert.equal(readFileSync(path, 'utf8'), 'a: 3\n');
  });
});
