/** One line on stderr that says how far long work has come. Says nothing where stderr is no terminal. */
export interface ProgressLine {
  show(text: string): void;
  /** Leaves the line empty, for what is printed next. */
  clear(): void;
}

/** Carriage return, and erase to the end of the line (ECMA-48 EL). */
const home = '\r\u001b[K';

export function progressLine(
  stream: { isTTY?: boolean; columns?: number; write(text: string): unknown } = process.stderr,
  environment: NodeJS.ProcessEnv = process.env,
): ProgressLine {
  if (stream.isTTY !== true || environment.TERM === 'dumb' || environment.CI) return { show() {}, clear() {} };
  let shown = '';
  return {
    show(text) {
      // A line that wraps cannot be taken back.
      const line = text.slice(0, Math.max((stream.columns || 80) - 1, 10));
      if (line === shown) return;
      stream.write(`${home}${line}`);
      shown = line;
    },
    clear() {
      if (shown !== '') stream.write(home);
      shown = '';
    },
  };
}
