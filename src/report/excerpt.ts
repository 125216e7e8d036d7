import columnsOf from 'fast-string-width';
import type { Finding } from '#model/finding.js';
import type { Lines, Position } from '#model/position.js';
import { masked } from './mask.js';
import { visible } from './visible.js';

/** Columns of the source that are shown; of a longer line, those around the place. */
const width = 100;

/** Characters around them that are looked at. */
const margin = 1000;

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
    const secret = new Set<string>();
    for (const { sensitive, position, verdict } of findings)
      if (sensitive && position && verdict !== 'pass') secret.add(lineKey(position));
    this.secret = secret;
  }

  /** The line a finding points at. Undefined where there is none, or its text is not at hand. */
  of({ position, sensitive }: Finding): Excerpt | undefined {
    const written = position && this.sources.get(position.file)?.line(position.line);
    if (position === undefined || written === undefined) return undefined;
    if (sensitive || this.secret.has(lineKey(position))) return { text: '(not shown: this line may hold a secret)' };
    const column = position.column - 1;
    const start = written.length <= width || column < width - 20 ? 0 : column - 60;
    // A line may have megabytes: what is shown of it is masked, with enough before it to tell a secret by its name.
    const from = Math.max(0, start - margin);
    const near = masked(written.slice(from, start + width + margin));
    const head = start > 0 ? '…' : '';
    const tail = start + width < written.length ? '…' : '';
    const text = visible(`${head}${near.slice(start - from, start - from + width)}${tail}`);
    const before = visible(near.slice(start - from, column - from));
    return { text, caret: columnsOf(`${head}${before}`) };
  }
}

const lineKey = ({ file, line }: Position): string => `${line} ${file}`;
