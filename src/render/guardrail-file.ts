import { createHash } from 'node:crypto';
import type { Artifact } from '#model/artifact.js';
import type { GuardrailFile } from './guardrail.js';

/** The text of a guardrail's file, and which of its lines serve which requirement. */
export function artifactOf({ path, mediaType, sections, between = '\n' }: GuardrailFile): Artifact {
  const texts = sections.map((section) => section.text);
  const text = `${texts.join(`\n${between}`)}\n`;
  let line = 1;
  const trace = sections.flatMap(({ text: each, serves }) => {
    const lines = each.split('\n').length;
    const first = line;
    line += lines + between.length;
    if (serves.length === 0) return [];
    return Array.from({ length: lines }, (_, index) => ({ line: first + index, requirements: [...serves].sort() }));
  });
  return {
    path,
    text,
    // As of other files, made when somebody reads it.
    get sha256() {
      return createHash('sha256').update(text).digest('hex');
    },
    mediaType,
    trace,
  };
}
