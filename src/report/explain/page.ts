/** What can be explained, and so what a page can refer to. */
export type SubjectKind = 'requirement' | 'control' | 'indicator' | 'threat' | 'setting' | 'baseline';

/** A piece of a line: words, something spelt exactly as manifests or data spell it, or a reference to a subject or file. */
export type Inline = string | { code: string } | { kind: SubjectKind | 'file'; id: string; text: string };

/** A line with what belongs under it. */
export interface Line {
  text: readonly Inline[];
  parts?: readonly Line[];
}

export type Block =
  | { block: 'paragraph'; text: readonly Inline[] }
  | { block: 'list'; lines: readonly Line[] }
  | { block: 'table'; head: readonly string[]; rows: readonly (readonly Inline[])[][] }
  | { block: 'manifest'; text: string }
  | { block: 'quotation'; text: string };

/** A heading with what stands under it; sections nest. Empty ones are left out wherever a page is printed. */
export interface Section {
  title: string;
  blocks: readonly Block[];
  sections?: readonly Section[];
}

/** What there is to say of one subject; terminal text, Markdown and JSON are three ways to print it. */
export interface Page {
  kind: SubjectKind | 'index';
  id: string;
  title: string;
  /** The short facts under the title. */
  facts: readonly (readonly [name: string, value: readonly Inline[]])[];
  lead: readonly Block[];
  sections: readonly Section[];
}

export const code = (text: string | number | boolean): Inline => ({ code: String(text) });
export const paragraph = (...text: Inline[]): Block => ({ block: 'paragraph', text });
export const list = (lines: readonly Line[]): Block => ({ block: 'list', lines });
export const table = (head: readonly string[], rows: readonly (readonly Inline[])[][]): Block => ({
  block: 'table',
  head,
  rows,
});

/** `a, b, c` of pieces. */
export const joined = (pieces: readonly Inline[], between = ', '): Inline[] =>
  pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]));

/** `a`, `a or b`, `a, b or c`. */
export function either(pieces: readonly Inline[], word = 'or'): Inline[] {
  const last = pieces.at(-1);
  if (last === undefined || pieces.length < 2) return [...pieces];
  return [...joined(pieces.slice(0, -1)), ` ${word} `, last];
}

const isEmpty = (block: Block): boolean =>
  (block.block === 'table' && block.rows.length === 0) ||
  (block.block === 'list' && block.lines.length === 0) ||
  (block.block === 'paragraph' && block.text.length === 0);

/** Sections without those that say nothing: a section whose only content is an empty table or list. */
export const said = (sections: readonly Section[]): Section[] =>
  sections.flatMap((section) => {
    const inner = said(section.sections ?? []);
    const blocks = section.blocks.filter((block) => !isEmpty(block));
    return blocks.length + inner.length === 0 ? [] : [{ title: section.title, blocks, sections: inner }];
  });

/** The words of pieces, without their marks. */
export const plain = (pieces: readonly Inline[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : 'code' in piece ? piece.code : piece.text)).join('');
