import { visible } from '#model/unseen.js';
import { type Block, type Inline, type Line, type Page, type Section, type SubjectKind, said } from './page.js';

/** Where a subject has a page of its own, or a file is, as a relative link; undefined where there is none. */
export type LinkTo = (kind: SubjectKind | 'file', id: string) => string | undefined;

/** A page as GitHub Flavored Markdown. Texts may be anybody's: none of them becomes markup. */
export function pageMarkdown(page: Page, linkTo: LinkTo = () => undefined): string {
  const facts = page.facts.map(([name, value]): string => `- **${escaped(name)}:** ${inline(value, linkTo)}`);
  const parts = [
    `# ${escaped(page.title)}`,
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    ...page.lead.map((block) => blockText(block, linkTo)),
    ...said(page.sections).flatMap((section) => sectionParts(section, 2, linkTo)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionParts({ title, blocks, sections = [] }: Section, level: number, linkTo: LinkTo): string[] {
  return [
    `${'#'.repeat(Math.min(level, 6))} ${escaped(title)}`,
    ...blocks.map((block) => blockText(block, linkTo)),
    ...sections.flatMap((section) => sectionParts(section, level + 1, linkTo)),
  ];
}

function blockText(block: Block, linkTo: LinkTo): string {
  switch (block.block) {
    case 'paragraph':
      return inline(block.text, linkTo);
    case 'list':
      return block.lines.flatMap((line) => lineTexts(line, '', linkTo)).join('\n');
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
      return [
        row(block.head.map(escaped)),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map((cell) => inline(cell, linkTo, speltInCell)))),
      ].join('\n');
    }
    case 'manifest':
      return fenced(block.text);
    case 'quotation':
      return block.text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => `> ${escaped(line)}`)
        .join('\n>\n');
  }
}

const lineTexts = ({ text, parts = [] }: Line, indent: string, linkTo: LinkTo): string[] => [
  `${indent}- ${inline(text, linkTo)}`,
  ...parts.flatMap((part) => lineTexts(part, `${indent}  `, linkTo)),
];

const inline = (pieces: readonly Inline[], linkTo: LinkTo, asCode = spelt): string =>
  pieces.map((piece) => pieceText(piece, linkTo, asCode)).join('');

function pieceText(piece: Inline, linkTo: LinkTo, asCode: (text: string) => string): string {
  if (typeof piece === 'string') return escaped(piece);
  if ('code' in piece) return asCode(piece.code);
  const url = linkTo(piece.kind, piece.id);
  if (url !== undefined) return `[${escaped(piece.text)}](${url})`;
  return piece.kind === 'setting' || piece.kind === 'requirement' ? asCode(piece.text) : escaped(piece.text);
}

/**
 * Words that stay words: whatever could begin HTML, emphasis, a link, a cell, a formula or a block is escaped, and bare addresses are
 * broken so that nothing becomes a link by itself.
 */
export const escaped = (text: string): string =>
  visible(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}&#46;`)
    .replace(/@/g, '&#64;')
    .replace(/^(\s*)([-+#=!]|\d+(?=[.)]))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );

/** Code in a line, within more backticks than it holds. */
function spelt(text: string): string {
  const shown = visible(text.replace(/\s+/g, ' '));
  if (shown.trim() === '') return '“”';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Cells are told apart before code is read, and a bar after a backslash cannot be told from the end of one. */
const speltInCell = (text: string): string => (text.includes('|') ? `<code>${escaped(text)}</code>` : spelt(text));

/** A manifest within a longer fence than any it holds. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const lines = text.replace(/\n+$/, '').split('\n').map(visible);
  return `${fence}${/^\s*[{[]/.test(text) ? 'json' : 'yaml'}\n${lines.join('\n')}\n${fence}`;
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/** The anchor GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
