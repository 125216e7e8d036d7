import type { Replacement } from '#model/fix.js';

/** A change to the text as it stands now; `by` is who asked for it. */
export interface Splice<By> {
  start: number;
  end: number;
  text: string;
  by: By;
}

type Piece<By> = { start: number; end: number } | { text: string; by: readonly By[] };

const lengthOf = <By>(piece: Piece<By>): number => ('text' in piece ? piece.text.length : piece.end - piece.start);

/** A text that is changed several times over, and remembers what it was: the changes come out as those of the first text. */
export class Rewriting<By> {
  private pieces: Piece<By>[];

  constructor(private readonly original: string) {
    this.pieces = [{ start: 0, end: original.length }];
  }

  get text(): string {
    return this.pieces
      .map((piece) => ('text' in piece ? piece.text : this.original.slice(piece.start, piece.end)))
      .join('');
  }

  /** Offsets are those of the text now. Changes must not touch each other. */
  apply(splices: readonly Splice<By>[]): void {
    for (const splice of [...splices].sort((left, right) => right.start - left.start)) this.splice(splice);
  }

  private splice({ start, end, text, by }: Splice<By>): void {
    const pieces: Piece<By>[] = [];
    const removed: By[] = [];
    let at = 0;
    let isDone = false;
    const insert = (): void => {
      if (!isDone) pieces.push({ text, by: [by, ...removed] });
      isDone = true;
    };
    for (const piece of this.pieces) {
      const length = lengthOf(piece);
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, length)];
      if (at + length < start || (at + length === start && length > 0) || at >= end) {
        if (at >= start) insert();
        pieces.push(piece);
      } else {
        if (from > 0) pieces.push(part(piece, 0, from));
        if ('text' in piece) removed.push(...piece.by);
        if (to < length) {
          insert();
          pieces.push(part(piece, to, length));
        }
      }
      at += length;
    }
    insert();
    this.pieces = pieces;
  }

  /** The changes to the first text, in its order, each with those who asked for it. */
  replacements(): (Replacement & { by: readonly By[] })[] {
    const found: (Replacement & { by: By[] })[] = [];
    let done = 0;
    let open: (Replacement & { by: By[] }) | undefined;
    for (const piece of this.pieces) {
      if ('text' in piece) {
        open ??= { start: done, end: done, text: '', by: [] };
        open.text += piece.text;
        open.by.push(...piece.by);
        continue;
      }
      if (open || piece.start > done) {
        found.push({ ...(open ?? { start: done, text: '', by: [] }), end: piece.start });
        open = undefined;
      }
      done = piece.end;
    }
    if (open || done < this.original.length) {
      found.push({ ...(open ?? { start: done, text: '', by: [] }), end: this.original.length });
    }
    return found;
  }
}

function part<By>(piece: Piece<By>, from: number, to: number): Piece<By> {
  return 'text' in piece
    ? { ...piece, text: piece.text.slice(from, to) }
    : { start: piece.start + from, end: piece.start + to };
}
