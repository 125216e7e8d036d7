import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'mocha';

/** Makes folders for one test each; they are gone after it. */
export function scratch(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'rampart-io-'));
    made.push(folder);
    return folder;
  };
}

/** Runs something as a user without privileges, since root is refused nothing. */
export function unprivileged<T>(action: () => T): T {
  if (process.getuid?.() !== 0 || !process.seteuid) return action();
  process.seteuid(65534);
  try {
    return action();
  } finally {
    process.seteuid(0);
  }
}
