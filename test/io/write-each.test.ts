import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeEach } from '#io/write-whole.js';
import { scratch } from './scratch.js';

const text = (path: string, content: string) => ({ path, bytes: Buffer.from(content) });

describe('writing files to paths of their own', () => {
  const folder = scratch();

  it('writes them wherever they go, making folders', async () => {
    const [one, two] = [folder(), folder()];
    await writeEach([text(join(one, 'a'), '1'), text(join(two, 'new/b'), '2')], {});
    assert.equal(readFileSync(join(one, 'a'), 'utf8'), '1');
    assert.equal(readFileSync(join(two, 'new/b'), 'utf8'), '2');
  });

  it('replaces what is there only when told to, and otherwise writes none', async () => {
    const root = folder();
    writeFileSync(join(root, 'old'), 'old');
    const files = [text(join(root, 'new'), 'new'), text(join(root, 'old'), 'new')];
    await assert.rejects(writeEach(files, {}), { code: 'RAMPART_WOULD_OVERWRITE', exit: 'usage' });
    assert.deepEqual(readdirSync(root), ['old']);
    await writeEach(files, { force: true });
    assert.equal(readFileSync(join(root, 'old'), 'utf8'), 'new');
    assert.deepEqual(readdirSync(root).sort(), ['new', 'old']);
  });

  it('refuses the same file twice, links and folders', async () => {
    const root = folder();
    mkdirSync(join(root, 'd'));
    symlinkSync('nowhere', join(root, 'l'));
    for (const paths of [
      [join(root, 'a'), join(root, 'd/../a')],
      [join(root, 'a'), join(root, 'A')],
      [join(root, 'd')],
    ])
      await assert.rejects(
        writeEach(
          paths.map((path) => text(path, '')),
          { force: true },
        ),
        { code: 'RAMPART_PATH_CLASH' },
      );
    await assert.rejects(writeEach([text(join(root, 'l'), '')], { force: true }), { code: 'RAMPART_PATH_LINK' });
    assert.deepEqual(readdirSync(root).sort(), ['d', 'l']);
  });

  it('leaves nothing behind when one cannot be written', async () => {
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    await assert.rejects(
      writeEach([text(join(root, 'a'), ''), text(join(root, 'b/c'), ''), text(join(root, 'b'), '')], {}),
    );
    assert.deepEqual(readdirSync(root), ['file']);
    await assert.rejects(writeEach([text(join(root, 'a'), ''), text(join(root, 'file/b'), '')], {}), { exit: 'usage' });
    assert.deepEqual(readdirSync(root), ['file']);
  });
});
