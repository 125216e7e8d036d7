import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { read, utils, type WorkBook } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';
import { csv, formulaLike } from '#report/table-text.js';
import { type Sheet, workbook } from '#report/workbook.js';

const sheet = (rows: Sheet['rows'], more: Partial<Sheet> = {}): Sheet => ({
  title: 'System: plan',
  name: 'Open POA&M Items',
  creator: 'Rampart 0.1.0',
  time: '2026-11-21T14:00:00.000Z',
  rows,
  ...more,
});
/** SheetJS, which shares no code with what writes. */
const opened = (given: Sheet): WorkBook => read(workbook(given), { cellStyles: true, cellNF: true, cellFormula: true });
const cellsOf = (given: Sheet): string[][] => {
  const [first = ''] = opened(given).SheetNames;
  return utils.sheet_to_json<string[]>(opened(given).Sheets[first] ?? {}, { header: 1, defval: '', blankrows: true });
};
const parts = (given: Sheet): Map<string, string> =>
  new Map(Object.entries(unzipSync(workbook(given))).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
const sheetXml = (given: Sheet): string => parts(given).get('xl/worksheets/sheet1.xml') ?? '';
const one = (text: string): string => cellsOf(sheet([['Name'], [text]]))[1]?.[0] ?? '';

const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  '=cmd|"/c calc"!A1',
];

describe('a workbook', () => {
  it('holds every cell as a text, and formulas as texts that stay so when they are edited', () => {
    const given = sheet([['Name', 'Count'], ...formulas.map((text) => [text, '3'])]);
    const [page = {}] = Object.values(opened(given).Sheets);
    const cells = Object.entries(page).filter(([key]) => !key.startsWith('!'));
    assert.equal(cells.length, 2 + 2 * formulas.length);
    for (const [key, { t, f, z }] of cells) assert.deepEqual([t, f, z], ['s', undefined, '@'], key);
    assert.deepEqual(
      cellsOf(given).slice(1),
      formulas.map((text) => [text, '3']),
    );
    const xml = sheetXml(given);
    assert.doesNotMatch(xml, /<f[ >]|<v>/);
    const marked = [...(parts(given).get('xl/styles.xml') ?? '').matchAll(/<xf [^>]*numFmtId="49"[^>]*>/g)];
    assert.deepEqual(
      marked.map(([each]) => each.includes('quotePrefix="1"')),
      [false, false, true],
    );
    for (const [index] of formulas.entries())
      assert.match(xml, new RegExp(`<c r="A${index + 2}" s="3" t="inlineStr">`));
    assert.match(xml, /<c r="B2" s="2" t="inlineStr">/);
  });

  it('says the same as the CSV, whose only other character is the mark before a formula', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', '@', '-', 'a', '"', ',', ' ', '<', '&', '_', 'x', '0', '4', '1', 'é', '😀'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        const all = [['One', 'Two'], ...rows];
        const plain: string[][] = parse(csv(all), { relax_column_count: true });
        const wanted = all.map((row) => row.map((cell) => (formulaLike(cell) ? `'${cell}` : cell)));
        assert.deepEqual(plain, wanted);
        assert.deepEqual(cellsOf(sheet(all)), all);
      }),
    );
  });

  it('holds hostile names as data', () => {
    for (const text of [
      ']]>',
      '<f>1</f>',
      '</t></is></c><c><f>1</f></c>',
      '&lt;',
      '&#61;1',
      '_x0041_',
      '_x003D_1+1',
      '_x0041_x0042_',
      '_X000a_',
    ])
      assert.equal(one(text), text);
    assert.equal(one('a\u0000b\u0001c\ufffed\uffffe'), 'a\ufffdb\ufffdc\ufffdd\ufffde');
    assert.equal(one('half \ud83d of a pair'), 'half \ufffd of a pair');
    for (const text of ['  blanks  ', ' x', 'x ', 'a  b', 'two\nlines']) assert.equal(one(text), text);
    const given = sheet([['Name'], ['x']], { title: ']]><title>&\u0001', creator: '"\'<' });
    for (const [path, xml] of parts(given)) assert.equal(XMLValidator.validate(xml), true, path);
    assert.equal(opened(given).Props?.Title, ']]><title>&\ufffd');
  });

  it('shortens what no cell can hold, and says so', () => {
    assert.equal(one('a'.repeat(32_767)), 'a'.repeat(32_767));
    const cut = one(`${'😀'.repeat(20_000)}`);
    assert.ok(cut.length <= 32_767 && cut.length > 32_700);
    assert.match(cut, /😀 … \(shortened: a cell holds no more\)$/);
    assert.doesNotMatch(cut, /\ufffd/);
  });

  it('shortens what no sheet can hold, and says so', () => {
    const row: string[] = [];
    const xml = sheetXml(sheet([['Name'], ...Array.from({ length: 1_048_580 }, () => row)]));
    const end = xml.slice(xml.indexOf('<row r="1048576">'));
    assert.match(end, /^<row r="1048576"><c r="A1048576"[^>]*>.*>6 more rows are in the CSV file beside this one/);
    assert.ok(!xml.includes('<row r="1048577">'));
  }).timeout(60_000);

  it('names its columns: frozen, filtered, on every page, and where screen readers look', () => {
    const given = sheet([
      ['Name', 'A long header'],
      ['x', 'y '.repeat(100)],
    ]);
    const book = opened(given);
    assert.deepEqual(book.SheetNames, ['Open POA&M Items']);
    const [page] = Object.values(book.Sheets);
    assert.equal(page?.['!autofilter']?.ref, 'A1:B2');
    const widths = page?.['!cols']?.map(({ width }) => Math.round(width ?? 0));
    assert.deepEqual(widths, [10, 60]);
    assert.match(sheetXml(given), /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/);
    assert.match(parts(given).get('xl/styles.xml') ?? '', /wrapText="1"/);
    const names = new Map(book.Workbook?.Names?.map(({ Name, Ref }) => [Name, Ref]));
    assert.equal(names.get('ColumnTitle'), "'Open POA&M Items'!$A$1:$B$1");
    assert.equal(names.get('_xlnm.Print_Titles'), "'Open POA&M Items'!$1:$1");
    assert.equal(book.Props?.Title, 'System: plan');
    assert.equal(book.Props?.Language ?? 'en-US', 'en-US');
  });

  it('knows columns beyond Z, and a table without rows', () => {
    const names = Array.from({ length: 60 }, (_, index) => `Column ${index}`);
    assert.deepEqual(cellsOf(sheet([names])), [names]);
    assert.match(sheetXml(sheet([names])), /<dimension ref="A1:BH1"\/>/);
    assert.deepEqual(cellsOf(sheet([])).flat(), ['']);
  });

  it('is the same bytes in every time zone, stored, with its members in order', () => {
    const script = `import { workbook } from '#report/workbook.js';
      process.stdout.write(Buffer.from(workbook(${JSON.stringify(sheet([['A'], ['b']]))})));`;
    const digests = ['UTC', 'Pacific/Kiritimati', 'America/New_York', 'Africa/Monrovia'].map((TZ) => {
      const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
        env: { ...process.env, TZ },
      });
      assert.ok(stdout.length > 0, String(stderr));
      return createHash('sha256').update(stdout).digest('hex');
    });
    assert.equal(new Set(digests).size, 1);
    const bytes = Buffer.from(workbook(sheet([['A'], ['readable']])));
    assert.ok(bytes.includes('readable'), 'the scan for secrets sees every text');
    const paths = [...parts(sheet([['A']])).keys()];
    assert.deepEqual(paths, [...paths].sort());
    assert.ok(bytes.includes('2026-11-21T14:00:00Z'));
  });
});
