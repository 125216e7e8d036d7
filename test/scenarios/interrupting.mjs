// Preloaded into a command: presses Ctrl-C while the first temporary file is being written.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { write } = fs;
let pressed = false;
fs.write = (...args) => {
  if (!pressed && fs.readdirSync('.', { recursive: true }).some((name) => name.endsWith('.tmp'))) {
    pressed = true;
    process.stderr.write('a temporary file is there\n');
    process.kill(process.pid, 'SIGINT');
  }
  return write(...args);
};
fs.write[Symbol.for('nodejs.util.promisify.custom')] = (...args) =>
  new Promise((resolve, reject) => fs.write(...args, (error, bytesWritten) => (error ? reject(error) : resolve({ bytesWritten }))));
syncBuiltinESMExports();
