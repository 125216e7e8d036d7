import { createHash } from 'node:crypto';
import type { Artifact, TraceLine } from '#model/artifact.js';
import type { RenderedFile } from './render.js';

/**
 * A rendered file and what its lines serve. The digest is made when somebody reads it: who only has files written does not, and what
 * makes digests takes as long to load as a template to draw.
 */
export const artifactOf = (
  { path, text, mediaType, endpoint }: RenderedFile,
  trace: readonly TraceLine[],
): Artifact => ({
  path,
  text,
  get sha256() {
    return createHash('sha256').update(text).digest('hex');
  },
  mediaType,
  endpoint,
  trace,
});
