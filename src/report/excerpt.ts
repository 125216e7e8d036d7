import type { Finding } from '#model/finding.js';
import type { Lines, Position } from '#model/position.js';
import { visible } from './visible.js';

/** Columns of the source that are shown; of a longer line, those around the place. */
const width = 100;

export interface Excerpt {
  text: string;
  /** Columns before the caret; undefined where there is nothing to point at. */
  caret?: number;
}

/** Lines of manifests for people to see; where a finding says that its source is secret, nobody gets to see that line. */
export class Excerpts {
  private readonly secret: ReadonlySet<string>;

  /** `findings` are all there are, since another one may speak of the same line. A pass found no secret. */
  constructor(
    private readonly sources: ReadonlyMap<string, Lines>,
    findings: readonly Finding[],
  ) {
    this.secret = new Set(
      findings.flatMap(({ sensitive, position, verdict }) =>
        sensitive && position && verdict !== 'pass' ? [lineKey(position)] : [],
      ),
    );
  }

  /** Undefined where the text is not at hand. */
  at(position: Position): Excerpt | undefined {
    const source = this.sources.get(position.file)?.line(position.line);
    if (source === undefined) return undefined;
    if (this.secret.has(lineKey(position))) return { text: '(not shown: this line may hold a secret)' };
    const column = position.column - 1;
    const start = source.length <= width || column < width - 20 ? 0 : column - 60;
    const head = start > 0 ? '…' : '';
    const tail = start + width < source.length ? '…' : '';
    const text = visible(`${head}${source.slice(start, start + width)}${tail}`);
    return { text, caret: column - start + head.length };
  }
}

const lineKey = ({ file, line }: Position): string => `${line} ${file}`;
