/** A place in a file. Lines and columns count from 1, columns in UTF-16 units (as editors and SARIF do). */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** Turns offsets of one text into positions; builds its line table on first use. */
export class Lines {
  private starts: number[] | undefined;
  /** Row of the line asked for last: places are asked for in rows. */
  private row = 0;

  constructor(
    readonly file: string,
    readonly text: string,
    /** The text of the file, where secrets are blotted out of the other. */
    readonly written: string = text,
  ) {}

  position(offset: number): Position {
    const starts = this.table();
    if (!this.isIn(this.row, offset)) this.row = this.find(offset);
    return { file: this.file, line: this.row + 1, column: offset - (starts[this.row] as number) + 1 };
  }

  /** The text of one line (counted from 1) without its line end. */
  line(number: number): string {
    const starts = this.table();
    const start = starts[number - 1];
    if (start === undefined) return '';
    return this.text.slice(start, starts[number] ?? this.text.length).replace(/\r?\n$/, '');
  }

  private isIn(row: number, offset: number): boolean {
    const starts = this.table();
    return (starts[row] as number) <= offset && offset < (starts[row + 1] ?? Number.POSITIVE_INFINITY);
  }

  private find(offset: number): number {
    const starts = this.table();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private table(): number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.starts = starts;
    return starts;
  }
}
