import { type Block, type Line, type Page, plain, type Section, said } from './page.js';

/** A page as JSON: the same sections, tables as lists of objects. */
export const pageJson = ({ kind, id, title, facts, lead, sections }: Page): string =>
  `${JSON.stringify(
    {
      kind,
      id,
      title,
      facts: Object.fromEntries(facts.map(([name, value]) => [key(name), plain(value)])),
      lead: lead.map(blockValue),
      sections: said(sections).map(sectionValue),
    },
    null,
    2,
  )}\n`;

const sectionValue = ({ title, blocks, sections = [] }: Section): unknown => ({
  title,
  content: blocks.map(blockValue),
  ...(sections.length > 0 ? { sections: sections.map(sectionValue) } : {}),
});

function blockValue(block: Block): unknown {
  switch (block.block) {
    case 'paragraph':
      return plain(block.text);
    case 'list':
      return block.lines.map(lineValue);
    case 'table':
      return block.rows.map((row) =>
        Object.fromEntries(row.map((cell, index) => [key(block.head[index] ?? String(index)), plain(cell)])),
      );
    case 'manifest':
      return { manifest: block.text };
    case 'quotation':
      return block.text;
  }
}

const lineValue = ({ text, parts = [] }: Line): unknown =>
  parts.length === 0 ? plain(text) : { text: plain(text), parts: parts.map(lineValue) };

/** `fixedByTheParameter` of a column’s heading. */
const key = (heading: string): string =>
  heading
    .replace(/[^\p{L}\p{N}]+(.)/gu, (_, first: string) => first.toUpperCase())
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^./u, (first) => first.toLowerCase());
