import { visible } from '#model/unseen.js';
import type { Palette } from '../palette.js';
import { wrap } from '../wrap.js';
import { type Block, type Inline, type Line, type Page, plain, type Section, said } from './page.js';

/** A page for a terminal of some width. */
export function pageText(page: Page, { palette, width }: { palette: Palette; width: number }): string {
  const parts = [
    [
      palette.bold(visible(page.title)),
      ...page.facts.flatMap(([name, value]) => wrapped(`${name}: ${flat(value)}`, width, '  ')),
    ],
    ...page.lead.map((block) => blockLines(block, width, '')),
    ...said(page.sections).flatMap((section) => sectionParts(section, palette, width, '')),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

/** The heading with what stands under it, then the sections inside, further in. */
function sectionParts(
  { title, blocks, sections = [] }: Section,
  palette: Palette,
  width: number,
  indent: string,
): string[][] {
  const under = `${indent}  `;
  const own = [indent + palette.bold(visible(title)), ...blocks.flatMap((block) => blockLines(block, width, under))];
  return [own, ...sections.flatMap((section) => sectionParts(section, palette, width, under))];
}

function blockLines(block: Block, width: number, indent: string): string[] {
  switch (block.block) {
    case 'paragraph':
      return wrapped(sentence(block.text), width, indent);
    case 'list':
      return block.lines.flatMap((line) => lineLines(line, width, indent));
    case 'table':
      return tableLines(block.head, block.rows, width, indent);
    case 'manifest':
    case 'quotation':
      return block.text
        .replace(/\n+$/, '')
        .split('\n')
        .map((line) => `${indent}${visible(line)}`);
  }
}

function lineLines({ text, parts = [] }: Line, width: number, indent: string): string[] {
  return [
    ...hanging(sentence(text), width, `${indent}- `),
    ...parts.flatMap((part) => lineLines(part, width, `${indent}  `)),
  ];
}

/**
 * A row in one line where it fits: `AU-11  Audit Record Retention (Basis: own; …)`. Otherwise the first two cells, and each of the
 * others under them with the name of its column.
 */
function tableLines(
  head: readonly string[],
  rows: readonly (readonly Inline[])[][],
  width: number,
  indent: string,
): string[] {
  const first = rows.map(([cell = []]) => flat(cell));
  const column = Math.min(Math.max(0, ...first.map(({ length }) => length)), 34);
  return rows.flatMap(([, second = [], ...others], at) => {
    const lead = `${indent}${(first[at] ?? '').padEnd(column)}  `;
    const more = others.flatMap((cell, index) => {
      const text = flat(cell);
      return text === '' ? [] : [`${head[index + 2]}: ${text}`];
    });
    const line = `${lead}${flat(second)}${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
    if (line.length <= width) return [line.trimEnd()];
    const under = `${indent}    `;
    return [
      ...hanging(flat(second), width, lead),
      ...more.flatMap((each) => hanging(each, width, under, `${under}  `)),
    ];
  });
}

/** Text after a lead, its further lines indented. */
function hanging(text: string, width: number, lead: string, indent = ' '.repeat(lead.length)): string[] {
  const [line = '', ...more] = wrap(text, width, ' '.repeat(lead.length));
  const first = lead + line.trimStart();
  return more.length === 0
    ? [first.trimEnd()]
    : [first, ...wrap(more.map((each) => each.trim()).join(' '), width, indent)];
}

const wrapped = (text: string, width: number, indent: string): string[] => wrap(text, width, indent);

/** Words with what is spelt exactly set off from them. */
const sentence = (pieces: readonly Inline[]): string =>
  visible(pieces.map((piece) => (isSpelt(piece) ? `\`${plain([piece])}\`` : plain([piece]))).join(''));

const isSpelt = (piece: Inline): boolean => typeof piece === 'object' && ('code' in piece || piece.kind === 'setting');

const flat = (pieces: readonly Inline[]): string => visible(plain(pieces));
