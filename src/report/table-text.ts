import { visible } from '#model/unseen.js';

/** Rows of cells as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is made a text. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** What a spreadsheet may take for a formula: also in its full-width spelling, or behind blanks and line ends that one may drop. */
export const formulaLike = (text: string): boolean => /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(text);

/** Text of a cell: on one line, as it may be printed. Most cells of FedRAMP's tables are empty. */
export const cellOf = (text: string): string => (text === '' ? '' : visible(text.replace(/\s+/g, ' ')));

function csvCell(text: string): string {
  if (text === '') return '';
  const harmless = formulaLike(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows of cells as a Markdown table; the first row is its head. */
export function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |\n`;
  return `${line(head)}|${head.map(() => '---|').join('')}\n${rows.map(line).join('')}`;
}

const markdownCell = (text: string): string =>
  text
    .replace(/[\\|<>`*_[\]]/g, (character) => `\\${character}`)
    .replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? ' ' : blanks));
