import { type Event, parseEvents, YAMLException } from 'js-yaml';

/**
 * What a text holds, read as libyaml reads it. Quoted texts and flow collections that go on further left than the block they stand in
 * are no YAML, but CloudFormation and kubectl take them and people write them: a closing bracket below its key, a policy in quotes. Such
 * lines are indented before they are read; a quoted text and a flow collection mean the same however far their lines are indented.
 */
export interface Indented {
  events: Event[];
  /** The text the events are of. */
  text: string;
  /** Where a character of that text stands in the text as written; undefined where they are the same. */
  written: ((offset: number) => number) | undefined;
}

/** Characters that may be read once more, all told: a file with many such lines is refused before it takes long. */
export class Again {
  left = 8 * 1024 * 1024;
}

/** Blocks further right than this are not written by people. */
const widest = 1000;

/** Throws js-yaml's `YAMLException`, with offsets of the text as written. `again` is shared by the texts of a file. */
export function parseIndented(written: string, options: Parameters<typeof parseEvents>[1], again: Again): Indented {
  /** Where the lines that were indented begin in the text as written, in its order. */
  const lines: number[] = [];
  let text = written;
  let spaces = '';
  const original = (offset: number): number => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle] as number) + middle * spaces.length <= offset) low = middle + 1;
      else high = middle;
    }
    // Of a place in front of an indented line: what was put there is not written anywhere.
    return low === 0 ? offset : Math.max(offset - low * spaces.length, lines[low - 1] as number);
  };
  for (; ; again.left -= text.length) {
    try {
      return { events: parseEvents(text, options), text, written: lines.length > 0 ? original : undefined };
    } catch (error) {
      const start = again.left > 0 ? startOfLine(error, text) : undefined;
      if (spaces === '' && start !== undefined) spaces = ' '.repeat(deepest(text) + 1);
      const line = start === undefined ? -1 : start - lines.length * spaces.length;
      // A line that was indented already is not the better for more.
      if (start === undefined || spaces.length > widest || line <= (lines.at(-1) ?? -1)) throw placed(error, original);
      lines.push(line);
      text = text.slice(0, start) + spaces + text.slice(start);
    }
  }
}

/** Where the line begins that js-yaml finds too far left, when nothing but spaces stands before what it found. */
function startOfLine(error: unknown, text: string): number | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation') return undefined;
  let start = error.mark?.position ?? 0;
  const before = (): string => text.charAt(start - 1);
  while (before() === ' ') start -= 1;
  const isLine = before() === '\n' || before() === '\r';
  // The end of a document ends what stands in quotes and brackets too; indented it would be a part of them.
  return isLine && !/^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(start, start + 4)) ? start : undefined;
}

/** How far right a block of the text may begin: `- - key` stands in three of them. */
function deepest(text: string): number {
  let most = 0;
  for (const [run] of text.matchAll(/^[ ?-]+/gm)) most = Math.max(most, run.length);
  return most;
}

function placed(error: unknown, original: (offset: number) => number): unknown {
  if (error instanceof YAMLException && error.mark) error.mark.position = original(error.mark.position);
  return error;
}
