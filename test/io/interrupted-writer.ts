import { readdirSync, writeSync } from 'node:fs';
import { writeWhole } from '#io/files.js';

/** Run as a child process: tells itself to stop after the first temporary file is there and before any rename. */
const [root = '', signal = 'SIGINT'] = process.argv.slice(2);
const files = Array.from({ length: 200 }, (_, index) => ({
  path: index === 0 ? 'kept' : `deep/${index}`,
  get bytes() {
    if (index === 1) {
      if (readdirSync(root).some((name) => name.endsWith('.tmp'))) writeSync(1, 'a temporary file is there\n');
      process.kill(process.pid, signal as NodeJS.Signals);
    }
    return Buffer.alloc(10_000, 'x');
  },
}));
await writeWhole(files, { root, force: true });
writeSync(1, 'it was not stopped\n');
