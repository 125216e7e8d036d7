import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '#io/files.js';
import { scratch, unprivileged } from './scratch.js';

const text = (path: string, content: string) => ({ path, bytes: Buffer.from(content) });

describe('writing files', () => {
  const folder = scratch();
  const everything = (root: string) => readdirSync(root, { recursive: true }).map(String).sort();

  it('writes all of them, making folders', async () => {
    const root = join(folder(), 'new/out');
    const written = await writeWhole([text('b/c.yaml', 'c'), text('a.yaml', 'a')], { root });
    assert.deepEqual(written, [join(root, 'a.yaml'), join(root, 'b/c.yaml')]);
    assert.deepEqual(everything(root), ['a.yaml', 'b', 'b/c.yaml']);
    assert.equal(readFileSync(join(root, 'b/c.yaml'), 'utf8'), 'c');
  });

  it('keeps a secret to its owner', async () => {
    const root = folder();
    await writeWhole([{ ...text('key.pem', 'k'), mode: 0o600 }], { root });
    assert.equal(statSync(join(root, 'key.pem')).mode & 0o777, 0o600);
  });

  it('refuses to replace a file before it writes any, and replaces with force', async () => {
    const root = folder();
    writeFileSync(join(root, 'z.yaml'), 'old');
    const files = [text('a.yaml', 'new'), text('z.yaml', 'new')];
    await assert.rejects(writeWhole(files, { root }), { code: 'RAMPART_WOULD_OVERWRITE', exit: 'usage' });
    assert.deepEqual(everything(root), ['z.yaml']);
    await writeWhole(files, { root, force: true });
    assert.equal(readFileSync(join(root, 'z.yaml'), 'utf8'), 'new');
    assert.deepEqual(everything(root), ['a.yaml', 'z.yaml']);
  });

  for (const path of ['../x', 'a/../../x', '/etc/x', 'a//b', './a', '', 'a\\..\\b', 'c:x', 'a\u0000b', 'a/']) {
    it(`refuses the path ${JSON.stringify(path)}`, async () => {
      const root = folder();
      await assert.rejects(writeWhole([text(path, '')], { root, force: true }), { code: 'RAMPART_PATH_ESCAPES' });
      assert.deepEqual(everything(root), []);
    });
  }

  it('refuses two names for one file', async () => {
    const root = folder();
    for (const [one, two] of [
      ['a', 'a'],
      ['a', 'A'],
      ['caf\u00e9', 'cafe\u0301'],
      ['a', 'a/b'],
      ['x/A/b', 'X/a'],
    ] as const) {
      await assert.rejects(writeWhole([text(one, ''), text(two, '')], { root }), { code: 'RAMPART_PATH_CLASH' });
    }
    assert.deepEqual(everything(root), []);
  });

  it('never goes through a link below the root, even with force', async () => {
    const root = folder();
    const outside = folder();
    writeFileSync(join(outside, 'f'), 'theirs');
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync(join(outside, 'f'), join(root, 'file'));
    for (const path of ['folder/new', 'folder/f', 'file']) {
      await assert.rejects(writeWhole([text(path, 'ours')], { root, force: true }), { code: 'RAMPART_PATH_LINK' });
    }
    assert.deepEqual(everything(outside), ['f']);
    assert.equal(readFileSync(join(outside, 'f'), 'utf8'), 'theirs');
  });

  it('refuses a root that is a file, and folders where files must go', async () => {
    const root = folder();
    writeFileSync(join(root, 'f'), '');
    mkdirSync(join(root, 'd'));
    await assert.rejects(writeWhole([text('a', '')], { root: join(root, 'f') }), { code: 'RAMPART_OUTPUT_NOT_FOLDER' });
    await assert.rejects(writeWhole([text('d', '')], { root, force: true }), { code: 'RAMPART_PATH_CLASH' });
    await assert.rejects(writeWhole([text('f/a', '')], { root, force: true }), { code: 'RAMPART_PATH_CLASH' });
    await assert.rejects(writeWhole([text('a', '')], { root: join(root, 'f/x') }), { exit: 'usage' });
  });

  it('leaves nothing when one of them fails', async () => {
    const root = folder();
    writeFileSync(join(root, 'old'), 'old');
    const tooLong = `${'n'.repeat(200)}/${'m'.repeat(300)}`;
    await assert.rejects(writeWhole([text('old', 'new'), text('d/a', ''), text(tooLong, '')], { root, force: true }), {
      code: 'RAMPART_NAME_TOO_LONG',
      exit: 'usage',
    });
    assert.deepEqual(everything(root), ['old']);
    assert.equal(readFileSync(join(root, 'old'), 'utf8'), 'old');
  });

  it('undoes the renames made when a later one fails', async () => {
    const root = folder();
    writeFileSync(join(root, 'a'), 'old');
    // By the time of the renames a folder stands where the last file should go.
    const late = {
      path: 'z',
      get bytes() {
        mkdirSync(join(root, 'z/full'), { recursive: true });
        return Buffer.from('new');
      },
    };
    await assert.rejects(writeWhole([text('a', 'new'), text('b', 'new'), late], { root, force: true }));
    assert.deepEqual(everything(root), ['a', 'z', 'z/full']);
    assert.equal(readFileSync(join(root, 'a'), 'utf8'), 'old');
  });

  it('blames the outside for a folder that may not be written', async () => {
    const place = folder();
    chmodSync(place, 0o555);
    // The refusal comes before the first pause, so that it happens while privileges are down.
    const attempt = unprivileged(() => writeWhole([text('out/a', '')], { root: place }));
    await assert.rejects(attempt, { code: 'RAMPART_NO_PERMISSION', exit: 'outside' });
    assert.deepEqual(everything(place), []);
  });

  it('blames the outside for a file system that takes nothing new, and no input', async function () {
    if (!existsSync('/proc/self/status')) this.skip();
    await assert.rejects(writeWhole([text('x', '')], { root: '/proc' }), {
      exit: 'outside',
      message: /^Cannot write \/proc\/x: nothing can be made there\.$/,
    });
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`is told to stop with ${signal} between two files: nothing is left, exit 6`, () => {
      const root = folder();
      writeFileSync(join(root, 'kept'), 'old');
      const child = spawnSync(
        process.execPath,
        ['--import', 'tsx', fileURLToPath(new URL('./interrupted-writer.ts', import.meta.url)), root, signal],
        { encoding: 'utf8' },
      );
      assert.equal(child.stdout, 'a temporary file is there\n');
      assert.match(child.stderr, new RegExp(`Interrupted \\(${signal}\\)\\. Nothing was left half-written\\.`));
      assert.equal(child.status, 6);
      assert.deepEqual(everything(root), ['kept']);
      assert.equal(readFileSync(join(root, 'kept'), 'utf8'), 'old');
      assert.ok(existsSync(root));
    });
  }
});
