import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import { onInterrupt } from './interrupt.js';
import { codeOf, shown, systemError } from './system-error.js';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Does some work while no other process does the same to this file. The lock is a file beside it, which a crash leaves behind:
 * who holds it is written in it, and it is for a person to take away.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, patience = 10_000): Promise<T> {
  const lock = `${path}.lock`;
  const until = Date.now() + patience;
  while (!take(lock)) {
    if (Date.now() > until) throw busy(lock);
    await wait(50);
  }
  const release = (): void => rmSync(lock, { force: true });
  const forget = onInterrupt(release);
  try {
    return await work();
  } finally {
    release();
    forget();
  }
}

function take(lock: string): boolean {
  try {
    const handle = openSync(lock, 'wx');
    writeSync(handle, `process ${process.pid}\n`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw systemError('write', lock, error);
  }
}

const busy = (lock: string): RampartError =>
  new RampartError('RAMPART_LOCKED', `${shown(lock)} is there: another process writes to this file`, {
    exit: 'outside',
    next: 'Run the command again when it is done. If no such process runs any more, delete the lock.',
  });
