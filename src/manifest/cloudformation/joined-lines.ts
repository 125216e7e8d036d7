import { Lines, type Position } from '#model/position.js';

/** The texts of a template and of those nested in it, as one: each has offsets of its own, behind those before it. */
export class JoinedLines extends Lines {
  private readonly parts: { base: number; lines: Lines }[];
  private end: number;

  constructor(first: Lines) {
    super(first.file, first.text);
    this.parts = [{ base: 0, lines: first }];
    this.end = first.text.length + 1;
  }

  /** Takes a text in; its offsets are to be counted from the number given back. */
  add(lines: Lines): number {
    const base = this.end;
    this.parts.push({ base, lines });
    this.end += lines.text.length + 1;
    return base;
  }

  override position(offset: number): Position {
    let part = this.parts[0] as { base: number; lines: Lines };
    for (const each of this.parts) if (each.base <= offset) part = each;
    return part.lines.position(offset - part.base);
  }
}

/** A text whose offsets are counted from a base. */
export class ShiftedLines extends Lines {
  constructor(
    private readonly lines: Lines,
    private readonly base: number,
  ) {
    super(lines.file, lines.text);
  }

  override position(offset: number): Position {
    return this.lines.position(offset - this.base);
  }
}

/** A text that is one value of another: all of it stands where that value does. */
export class InlineLines extends Lines {
  constructor(
    private readonly around: Lines,
    private readonly at: number,
    text: string,
  ) {
    super(around.file, text);
  }

  override position(): Position {
    return this.around.position(this.at);
  }
}
