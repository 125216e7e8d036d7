import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBytes, readText } from '#io/files.js';
import { scratch, unprivileged } from './scratch.js';

const limit = { maxBytes: 1000 };

describe('reading a file', () => {
  const folder = scratch();
  const file = (content: string | Uint8Array): string => {
    const path = join(folder(), 'file.yaml');
    writeFileSync(path, content);
    return path;
  };
  const refuses = (path: string, code: string, exit: string, message: RegExp) =>
    assert.rejects(readText(path, limit), { code, exit, message });

  it('gives the text, without a byte order mark', async () => {
    assert.equal(await readText(file('a: é\n'), limit), 'a: é\n');
    assert.equal(await readText(file('\ufeffa: 1\n'), limit), 'a: 1\n');
    assert.equal(await readText(file(''), limit), '');
  });

  it('gives the very bytes, a byte order mark included', async () => {
    assert.deepEqual([...(await readBytes(file('\ufeffa'), limit))], [0xef, 0xbb, 0xbf, 0x61]);
  });

  it('reads as much as the limit and not a byte more', async () => {
    assert.equal((await readText(file('x'.repeat(1000)), limit)).length, 1000);
    await refuses(file('x'.repeat(1001)), 'RAMPART_TOO_LARGE', 'input', /larger than 1000 bytes/);
  });

  it('keeps to the limit where the size says nothing', async () => {
    // The kernel reports size 0 for these files.
    assert.match(await readText('/proc/self/status', { maxBytes: 100_000 }), /^Name:/);
    await assert.rejects(readText('/proc/self/status', { maxBytes: 10 }), { code: 'RAMPART_TOO_LARGE' });
  });

  it('refuses binary files, and says so of UTF-16', async () => {
    await refuses(file(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1)), 'RAMPART_BINARY', 'input', /is a binary file/);
    await refuses(file(Buffer.from('\ufeffa: 1', 'utf16le')), 'RAMPART_BINARY', 'input', /is UTF-16 text/);
  });

  it('refuses what is not UTF-8', () =>
    refuses(file(Uint8Array.of(0x61, 0xff)), 'RAMPART_NOT_UTF8', 'input', /not UTF-8/));

  it('refuses what is not there, folders, files used as folders, loops and devices', async () => {
    const place = folder();
    await refuses(join(place, 'none.yaml'), 'RAMPART_NOT_FOUND', 'input', /none\.yaml: it does not exist\.$/);
    await refuses(place, 'RAMPART_IS_FOLDER', 'input', /it is a folder/);
    await refuses(join(file('x'), 'y'), 'RAMPART_NOT_FOUND', 'input', /is a file, not a folder/);
    symlinkSync('loop', join(place, 'loop'));
    await refuses(join(place, 'loop'), 'RAMPART_LINK_LOOP', 'input', /circle/);
    await refuses('/dev/zero', 'RAMPART_NOT_A_FILE', 'input', /neither a file nor a pipe/);
  });

  it('blames the outside for a file that may not be read', async () => {
    const place = folder();
    const path = join(place, 'secret.yaml');
    writeFileSync(path, 'a: 1');
    chmodSync(place, 0o755);
    chmodSync(path, 0);
    await unprivileged(() => refuses(path, 'RAMPART_NO_PERMISSION', 'outside', /permission denied/));
  });

  it('reads pipes, to the limit', async () => {
    const pipe = join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const write = (text: string) => promisify(execFile)('sh', ['-c', `printf '%s' "$1" >"$2"`, 'sh', text, pipe]);
    const [text] = await Promise.all([readText(pipe, limit), write('a: 1')]);
    assert.equal(text, 'a: 1');
    await Promise.all([
      assert.rejects(readText(pipe, { maxBytes: 3 }), { code: 'RAMPART_TOO_LARGE' }),
      write('a: 1').catch(() => undefined),
    ]);
  });

  it('shows control characters of a path escaped', async () => {
    const path = join(folder(), 'a\u001b[2Jb\u202ec');
    mkdirSync(path);
    await refuses(path, 'RAMPART_IS_FOLDER', 'input', /a\\u001b\[2Jb\\u202ec/);
  });
});
