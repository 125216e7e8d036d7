import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Said {
  exit: number | null;
  stdout: string;
  stderr: string;
}

/** A fresh folder with a system file, and the built program to run in it. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'rampart-'));

  constructor(starter = 'both') {
    copyFileSync(join(root, `templates/system/${starter}.yaml`), join(this.folder, 'rampart.yaml'));
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  bytes(name: string): Uint8Array {
    return readFileSync(join(this.folder, name));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  rampart(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    { input = '', ...user }: { uid?: number; gid?: number; input?: string } = {},
  ): Said {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const run = spawnSync(process.execPath, [program, ...args], {
      cwd: this.folder,
      ...user,
      encoding: 'utf8',
      input,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...inherited, NO_COLOR: '1', ...environment },
    });
    return { exit: run.status, stdout: run.stdout, stderr: run.stderr };
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
