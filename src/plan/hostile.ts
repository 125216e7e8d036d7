/** What no text of a user's may hold, whichever way it is read. */

export const largest = 1024 * 1024;
/** Entries of maps and lists together. */
export const most = 20_000;
const deepest = 50;
/** Fifty list dashes or key marks in a row, or a line indented by two hundred columns. */
const blockDeep = /(?:[-?:] +){50}|^ {200}/m;
export const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: a text file holds none of these
export const binary = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/;

/** Nesting a system file never comes near, and on which the parser's time would grow with the square of the length. */
export function tooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open = Math.max(0, open - 1);
    if (open > deepest) return true;
  }
  return blockDeep.test(text);
}
