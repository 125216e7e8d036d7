import { existsSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { Pattern } from './list-files.js';

/** Whether a path is a pattern: it holds a wildcard, and no file has that very name. */
export const isPattern = (path: string): boolean => /[*?{}[\]]|[!@+]\(/.test(path) && !existsSync(path);

/** Reads a pattern as shells with `globstar` do; files whose names begin with a dot are not left out. */
export async function readPattern(text: string, accept: (path: string) => boolean): Promise<Pattern> {
  const { default: picomatch } = await import('picomatch');
  const { base } = picomatch.scan(text);
  const isMatch = picomatch(normalize(text), { dot: true });
  const folder = base === '' ? '.' : base;
  // `*.tmpl` asks for files of that ending; `deploy/**` for whatever there is a reader for.
  const namesEnding = /\.[A-Za-z0-9]+$/.test(text);
  return { text, folder, matches: (path) => isMatch(join(path)) && (namesEnding || accept(path)) };
}
