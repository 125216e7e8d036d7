import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readBundle } from '../../src/io/bundle.js';
import { scratch } from './scratch.js';

describe('a bundle as a folder', () => {
  const folder = scratch();
  const limits = { archive: 1024, files: 10 };

  // Only Linux lets a name be of any bytes.
  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('names a file whose name is no Unicode, of which Node gives a name that is not there', async () => {
    const path = folder();
    writeFileSync(Buffer.concat([Buffer.from(`${path}/x`), Buffer.from([0xff])]), '');
    await assert.rejects(readBundle(path, limits), { code: 'RAMPART_MEMBER_PATH', exit: 'untrusted' });
  });
});
