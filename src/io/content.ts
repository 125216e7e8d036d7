import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeOf, systemError } from './system-error.js';
import { isOutside } from './within.js';

/** A file of a folder; the path of one that is looked at by itself is empty. */
export interface ContentFile {
  path: string;
  sha256: string;
}

export interface ContentLimits {
  maxBytes: number;
  maxFiles: number;
}

/** The files of what was looked at, in the order of their bytes, or why they were not. */
export type Content = { files: readonly ContentFile[] } | { left: string };

/**
 * What a file or folder holds, by digests: all of it, installed and hidden things too, whatever its times, rights and order. Links are
 * followed inside of `root`; those that lead nowhere, or back, hold nothing, and what is no file nobody publishes.
 */
export function contentOf(root: string, path: string, limits: ContentLimits): Content {
  const walk = new ContentWalk(realpathSync(root), limits);
  try {
    walk.visit(path, '', []);
  } catch (error) {
    if (error instanceof LeftOut) return { left: error.message };
    if (codeOf(error) === 'ENOENT') return { left: 'is not there' };
    throw systemError('read', path, error);
  }
  return { files: walk.files.sort((one, other) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path))) };
}

class LeftOut extends Error {}

class ContentWalk {
  readonly files: ContentFile[] = [];
  private bytes = 0;

  constructor(
    private readonly root: string,
    private readonly limits: ContentLimits,
  ) {}

  /** `around` holds the real names of the folders it stands in. */
  visit(path: string, name: string, around: readonly string[]): void {
    let stat: Stats;
    let real: string;
    try {
      stat = statSync(path);
      real = realpathSync(path);
    } catch (error) {
      if (name !== '' && ['ENOENT', 'ELOOP'].includes(codeOf(error) ?? '')) return;
      throw error;
    }
    if (isOutside(relative(this.root, real))) throw new LeftOut('leads out of the folder');
    if (stat.isDirectory() && !around.includes(real))
      for (const each of readdirSync(path)) this.visit(join(path, each), `${name}/${each}`, [...around, real]);
    else if (stat.isFile()) this.take(path, name);
  }

  private take(path: string, name: string): void {
    if (this.files.length >= this.limits.maxFiles) throw new LeftOut(`has more than ${this.limits.maxFiles} files`);
    this.files.push({ path: name.slice(1), sha256: this.digest(path) });
  }

  private digest(path: string): string {
    const hash = createHash('sha256');
    const part = Buffer.allocUnsafe(1024 * 1024);
    const handle = openSync(path, 'r');
    try {
      for (let count = readSync(handle, part); count > 0; count = readSync(handle, part)) {
        this.bytes += count;
        if (this.bytes > this.limits.maxBytes) throw new LeftOut(`has more than ${this.limits.maxBytes} bytes`);
        hash.update(part.subarray(0, count));
      }
    } finally {
      closeSync(handle);
    }
    return hash.digest('hex');
  }
}
