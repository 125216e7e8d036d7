import { basename, dirname, join } from 'node:path';
import { namesIn } from '#io/list-files.js';
import { suggest } from '#plan/suggest.js';

/** ` Did you mean deploy/chat.yaml?` of a path that is not there, or nothing; of a folder that is not there, which one was meant. */
export function nearestFile(error: Error): string {
  const { code, path } = (error.cause ?? {}) as { code?: unknown; path?: unknown };
  if (code !== 'ENOENT' || typeof path !== 'string') return '';
  for (let missing = path; missing !== dirname(missing); missing = dirname(missing)) {
    const names = namesIn(dirname(missing));
    if (names === undefined) continue;
    const near = suggest(basename(missing), names);
    return near === undefined ? '' : ` Did you mean ${join(dirname(missing), near)}?`;
  }
  return '';
}
