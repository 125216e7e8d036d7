import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { RampartError } from '#model/error.js';
import { listFiles } from './list-files.js';
import { systemError } from './system-error.js';

export interface Tool {
  name: string;
  version: string;
  /** SHA-256 over the names and SHA-256 of the program's own files: names exactly what ran. */
  digest: string;
}

/** The installed program. `root` is the folder of its package.json; `parts` the files and folders that are its code. */
export function readTool(root: string, parts: readonly string[] = ['bin/run.js', 'dist']): Tool {
  const { name, version } = JSON.parse(read(root, 'package.json').toString('utf8')) as {
    name: string;
    version: string;
  };
  const { files, problems } = listFiles(parts.map((part) => join(root, part)));
  const [problem] = problems;
  if (problem) {
    throw new RampartError('RAMPART_INCOMPLETE', `The installation is not whole: ${problem.error.message}`, {
      exit: 'outside',
      next: 'Install Rampart again.',
      cause: problem.error,
    });
  }
  const digest = createHash('sha256');
  for (const file of files) {
    const path = relative(root, file).replaceAll('\\', '/');
    digest.update(`${sha256(read(root, path))}  ${path}\n`);
  }
  return { name, version, digest: digest.digest('hex') };
}

function read(root: string, path: string): Buffer {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    throw systemError('read', path, error);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
