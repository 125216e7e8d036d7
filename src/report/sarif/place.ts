import type { Fix, Location } from 'sarif';
import type { Lines, Position } from '#model/position.js';

/** A file as a URI: relative to the folder the run began in, as code scanning wants it, unless it was given from the root. */
export function uriOf(file: string): string {
  const path = file.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\\', '/');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${encoded}`;
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  return encoded.replace(/^(?:\.\/)+(?=.)/, '');
}

/** From where a finding points to the end of what its line says; the start alone where the text is not at hand. */
export function placeIn({ file, line, column }: Position, sources?: ReadonlyMap<string, Lines>): Location {
  const end = sources?.get(file)?.line(line).trimEnd().length ?? 0;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: {
        startLine: line,
        startColumn: column,
        ...(end >= column ? { endLine: line, endColumn: end + 1 } : {}),
      },
    },
  };
}

/** A stretch of a file, and what is to stand there instead. The end is the place behind the last character. */
export interface Change {
  start: Position;
  end: Position;
  text: string;
}

/** Changes as the one fix they are together, by file. */
export function fixOf(description: string, changes: readonly Change[]): Fix {
  const files = [...new Set(changes.map(({ start }) => start.file))];
  return {
    description: { text: description },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: changes
        .filter(({ start }) => start.file === file)
        .map(({ start, end, text }) => ({
          deletedRegion: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
          },
          insertedContent: { text },
        })),
    })),
  };
}
