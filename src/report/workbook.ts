import { strToU8, type Zippable, zipSync } from 'fflate';
import { formulaLike } from './table-text.js';
import { type Element, legal, xmlDocument, xmlText } from './xml.js';

/** One table as a workbook of one sheet. */
export interface Sheet {
  /** What the document is, as file lists and screen readers say it. */
  title: string;
  /** Of the tab: at most 31 characters, none of `[]:*?/\`. */
  name: string;
  creator: string;
  /** ISO 8601, the only time in the file. */
  time: string;
  /** The first names the columns. */
  rows: readonly (readonly string[])[];
}

/** What Excel holds at most; what is more is left to the CSV beside it, and the sheet says so. */
const most = { characters: 32_767, rows: 1_048_576 };

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-';

/**
 * Rows as an Office Open XML workbook (ECMA-376). Every cell is a text; one that starts as a formula does carries the mark a person
 * would type for a text as well, so that it stays one when it is edited. The same rows give the same bytes: the members are
 * stored, since deflate differs between libraries, which also lets the scan for secrets read them.
 */
export function workbook(sheet: Sheet): Uint8Array {
  const rows = heldRows(sheet.rows);
  const columns = rows.reduce((width, row) => Math.max(width, row.length), 1);
  const header = `$A$1:$${letters(columns - 1)}$1`;
  const all = `$A$1:$${letters(columns - 1)}$${Math.max(1, rows.length)}`;
  const members: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships([
      ['officeDocument', 'xl/workbook.xml', relations],
      ['metadata/core-properties', 'docProps/core.xml', `${packaged}/relationships`],
    ]),
    'docProps/core.xml': coreProperties(sheet),
    'xl/_rels/workbook.xml.rels': relationships([
      ['worksheet', 'worksheets/sheet1.xml', relations],
      ['styles', 'styles.xml', relations],
    ]),
    'xl/styles.xml': styles,
    'xl/workbook.xml': book(sheet.name, { header, all }),
    'xl/worksheets/sheet1.xml': worksheet(rows, columns, all.replaceAll('$', '')),
  };
  return zipSync(
    Object.fromEntries(Object.entries(members).map(([path, text]) => [path, strToU8(text)])) as Zippable,
    // The zip format's own first day, made of local parts because it is written as local parts: no time zone shows.
    { level: 0, mtime: new Date(1980, 0, 1, 12) },
  );
}

const contentTypes = xmlDocument({
  name: 'Types',
  attributes: { xmlns: `${packaged}/content-types` },
  inside: [
    { name: 'Default', attributes: { Extension: 'rels', ContentType: `${types}package.relationships+xml` } },
    ...[
      ['docProps/core.xml', 'package.core-properties+xml'],
      ['xl/styles.xml', 'officedocument.spreadsheetml.styles+xml'],
      ['xl/workbook.xml', 'officedocument.spreadsheetml.sheet.main+xml'],
      ['xl/worksheets/sheet1.xml', 'officedocument.spreadsheetml.worksheet+xml'],
    ].map(([path, type]) => ({
      name: 'Override',
      attributes: { PartName: `/${path}`, ContentType: `${types}${type}` },
    })),
  ],
});

const relationships = (targets: readonly (readonly [type: string, target: string, space: string])[]): string =>
  xmlDocument({
    name: 'Relationships',
    attributes: { xmlns: `${packaged}/relationships` },
    inside: targets.map(([type, Target, space], index) => ({
      name: 'Relationship',
      attributes: { Id: `r${index + 1}`, Type: `${space}/${type}`, Target },
    })),
  });

function coreProperties({ title, creator, time }: Sheet): string {
  // W3C's form of a time, to the second.
  const seconds = new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const dated = (name: string) => ({ name, attributes: { 'xsi:type': 'dcterms:W3CDTF' }, inside: seconds });
  return xmlDocument({
    name: 'cp:coreProperties',
    attributes: {
      'xmlns:cp': `${packaged}/metadata/core-properties`,
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:dcterms': 'http://purl.org/dc/terms/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    },
    inside: [
      { name: 'dc:title', inside: title },
      { name: 'dc:creator', inside: creator },
      { name: 'dc:language', inside: 'en-US' },
      dated('dcterms:created'),
      dated('dcterms:modified'),
    ],
  });
}

/** Styles of cells by their number in `cellXfs`; format 49 is that of texts. */
const styled = { plain: 0, header: 1, text: 2, marked: 3 };

const styles = ((): string => {
  const top = { name: 'alignment', attributes: { vertical: 'top', wrapText: 1 } };
  const format = (fontId: number, fillId: number, more = {}) => ({
    name: 'xf',
    attributes: {
      numFmtId: 49,
      fontId,
      fillId,
      borderId: 0,
      xfId: 0,
      applyNumberFormat: 1,
      applyAlignment: 1,
      ...more,
    },
    inside: [top],
  });
  const font = (bold: boolean) => ({
    name: 'font',
    inside: [
      ...(bold ? [{ name: 'b' }] : []),
      { name: 'sz', attributes: { val: 11 } },
      { name: 'name', attributes: { val: 'Calibri' } },
    ],
  });
  const fill = (patternType: string) => ({
    name: 'fill',
    inside: [{ name: 'patternFill', attributes: { patternType } }],
  });
  const list = (name: string, inside: readonly Element[]) => ({
    name,
    attributes: { count: inside.length },
    inside,
  });
  const none = { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 };
  return xmlDocument({
    name: 'styleSheet',
    attributes: { xmlns: main },
    inside: [
      list('fonts', [font(false), font(true)]),
      // Excel takes the first two fills for these whatever they say.
      list('fills', [fill('none'), fill('gray125')]),
      list('borders', [{ name: 'border' }]),
      list('cellStyleXfs', [{ name: 'xf', attributes: none }]),
      list('cellXfs', [
        { name: 'xf', attributes: { ...none, xfId: 0 } },
        format(1, 0, { applyFont: 1 }),
        format(0, 0),
        format(0, 0, { quotePrefix: 1 }),
      ]),
      list('cellStyles', [{ name: 'cellStyle', attributes: { name: 'Normal', xfId: 0, builtinId: 0 } }]),
    ],
  });
})();

/** The names are those by which JAWS and NVDA find a table's header, and by which it is printed on every page. */
function book(name: string, { header, all }: { header: string; all: string }): string {
  const own = `'${name.replaceAll("'", "''")}'!`;
  const defined = (what: string, range: string, more = {}) => ({
    name: 'definedName',
    attributes: { name: what, ...more },
    inside: `${own}${range}`,
  });
  return xmlDocument({
    name: 'workbook',
    attributes: { xmlns: main, 'xmlns:r': relations },
    inside: [
      { name: 'sheets', inside: [{ name: 'sheet', attributes: { name, sheetId: 1, 'r:id': 'r1' } }] },
      {
        name: 'definedNames',
        inside: [
          defined('_xlnm._FilterDatabase', all, { localSheetId: 0, hidden: 1 }),
          defined('_xlnm.Print_Titles', '$1:$1', { localSheetId: 0 }),
          defined('ColumnTitle', header),
        ],
      },
    ],
  });
}

/** Written as text rather than as elements: a fleet has a hundred thousand cells. */
function worksheet(rows: readonly (readonly string[])[], columns: number, range: string): string {
  const widths = Array.from({ length: columns }, (_, index) => widthOf(rows, index));
  const names = widths.map((_, at) => letters(at));
  const lines = rows.map(
    (row, index) => `<row r="${index + 1}">${row.map((text, at) => cell(text, names[at] ?? '', index)).join('')}</row>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<worksheet xmlns="${main}">`,
    `<dimension ref="${range}"/>`,
    '<sheetViews><sheetView workbookViewId="0">',
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '</sheetView></sheetViews>',
    `<cols>${widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`,
    '<sheetData>',
    ...lines,
    '</sheetData>',
    `<autoFilter ref="${range}"/>`,
    // Counts are texts too, and need no green corner for it.
    `<ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1"/></ignoredErrors>`,
    '</worksheet>',
    '',
  ].join('\n');
}

function cell(text: string, column: string, row: number): string {
  if (text === '') return '';
  const style = row === 0 ? styled.header : formulaLike(text) ? styled.marked : styled.text;
  // Without this an XML reader may drop blanks at an end.
  const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : '';
  return `<c r="${column}${row + 1}" s="${style}" t="inlineStr"><is><t${space}>${cellText(text)}</t></is></c>`;
}

const tooLong = ' … (shortened: a cell holds no more)';

/** What Excel would read as a character of its own, `_x0041_`, is spelled so that it reads as what it is. */
function cellText(text: string): string {
  const held =
    text.length > most.characters
      ? `${text.slice(0, most.characters - tooLong.length).replace(/[\ud800-\udbff]$/, '')}${tooLong}`
      : text;
  return xmlText(held.includes('_') ? legal(held).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : held);
}

function heldRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (rows.length <= most.rows) return rows;
  return [
    ...rows.slice(0, most.rows - 1),
    [`${rows.length - most.rows + 1} more rows are in the CSV file beside this one.`],
  ];
}

/** As wide as its longest text and its header's longest word with the button of the filter, within what a screen shows. */
function widthOf(rows: readonly (readonly string[])[], column: number): number {
  const [head = '', ...texts] = rows.map((row) => row[column] ?? '');
  const longest = texts.reduce((width, text) => Math.max(width, text.length), 0);
  const words = head.split(' ').reduce((width, word) => Math.max(width, word.length + 4), 0);
  return Math.min(60, Math.max(10, words, longest + 2));
}

/** `A`, `Z`, `AA` for 0, 25, 26. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
