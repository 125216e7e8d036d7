import { createHash } from 'node:crypto';
import validate from '#generated/validate-boundary.js';
import { readText } from '#io/read.js';
import type { JudgingBase } from '#model/base.js';
import { overlayBoundary } from '#plan/overlay-boundary.js';
import { readBoundary } from '#plan/read-boundary.js';
import { visible } from '#plan/show.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const largest = 1024 * 1024;

/** A base with boundary data of the user's over what is shipped, in the order given; its digest and sources say so. */
export async function withOwnBoundary<Base extends JudgingBase>(base: Base, paths: readonly string[]): Promise<Base> {
  let result = base;
  for (const path of paths) {
    const text = await readText(path, { maxBytes: largest });
    const file = readBoundary(text, path, validate, result.boundary);
    const digest = sha256(text);
    const name = `${visible(path, 200)} (sha256:${digest})`;
    result = {
      ...result,
      // One digest still: evidence states it as such. That the file was used is said by name.
      digest: sha256(`${result.digest}+${digest}`),
      sources: [...result.sources, `your own: boundary data of ${name}`],
      boundary: overlayBoundary(result.boundary, file, name),
    };
  }
  return result;
}
