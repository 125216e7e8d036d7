import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import markdownIt from 'markdown-it';
import { formats } from '#report/formats/index.js';
import { markdownText } from '#report/formats/markdown.js';
import { jsonText } from '#report/json-text.js';
import { code, prose } from '#report/markdown-text.js';
import { noticesOf } from '#report/notice.js';
import { pathOf, shownOf } from '#report/said.js';
import { visible } from '#report/visible.js';
import { legal, xmlDocument } from '#report/xml.js';
import { reportContext, whole } from './context.js';
import { hostile, hostileResult } from './hostile-result.js';
import { sample } from './sample-result.js';

const runs = { numRuns: 150 };

describe('hostile names', function () {
  this.timeout(60_000);

  /** A property of one format over hostile results. */
  const holds = (name: string, property: (text: string, given: typeof sample) => void) => async () => {
    const report = await formats.get(name)?.();
    assert.ok(report);
    await fc.assert(
      fc.asyncProperty(hostileResult, async ({ result, sources }) => {
        property(whole(await report(result, { ...reportContext, sources, all: true })), result);
      }),
      runs,
    );
  };

  const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

  for (const name of [...formats.keys()].filter((each) => each !== 'oscal'))
    it(
      `cannot write on a terminal through ${name}`,
      holds(name, (text) => assert.doesNotMatch(text.replace(/\r?\n/g, ''), unseen)),
    );

  for (const name of ['json', 'sarif', 'gitlab', 'hdf'])
    it(
      `leave ${name} one JSON document`,
      holds(name, (text) => assert.equal(jsonText(JSON.parse(text)), text)),
    );

  it(
    'come back from JSON as they were',
    holds('json', (text, { findings }) =>
      assert.deepEqual(JSON.parse(text).findings, JSON.parse(JSON.stringify(findings))),
    ),
  );

  it(
    'stay in their cell of CSV, where none is a formula',
    holds('csv', (text, { findings, ...rest }) => {
      const rows: string[][] = parse(text, { relax_column_count: false });
      const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;
      const inert = (cell: string) => (formula.test(cell) ? `'${cell}` : cell);
      assert.equal(rows.length, 1 + findings.length + noticesOf({ ...rest, findings }).length);
      for (const cell of rows.flat()) assert.doesNotMatch(cell, formula);
      for (const [at, finding] of findings.entries()) {
        assert.equal(rows[at + 1]?.[8], inert(visible(finding.resource)));
        assert.equal(rows[at + 1]?.[10], inert(visible(finding.reason)));
        assert.equal(rows[at + 1]?.[15], inert(visible(finding.waiver?.reason ?? '')));
      }
    }),
  );

  const parser = new XMLParser({
    ignoreAttributes: false,
    trimValues: false,
    parseAttributeValue: false,
    parseTagValue: false,
    isArray: (name) => name === 'testcase' || name === 'testsuite',
  });

  it(
    'stay in their attribute of JUnit',
    holds('junit', (text, given) => {
      assert.equal(XMLValidator.validate(text), true);
      const { testsuites } = parser.parse(text);
      const suites: { testcase?: Record<string, string>[] }[] = testsuites.testsuite ?? [];
      const cases = suites.flatMap(({ testcase = [] }) => testcase);
      assert.equal(cases.length, given.findings.length + noticesOf(given).length);
      const names = cases.map((each) => each['@_name']).sort();
      const expected = [
        ...given.findings.map(({ resource, branch }) => visible(branch ? `${resource} ${branch}` : resource)),
        ...noticesOf(given).map(({ message }) => visible(message)),
      ];
      assert.deepEqual(names, expected.map(legal).sort());
    }),
  );

  it('come back from XML as they were, but for what XML cannot spell', () =>
    fc.assert(
      fc.property(hostile, hostile, (value, inside) => {
        const text = xmlDocument({ name: 'a', attributes: { value, none: undefined }, inside });
        assert.equal(XMLValidator.validate(text), true);
        const a = parser.parse(text).a;
        const decoded = (each: string) => each.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
        assert.equal(decoded(a['@_value']), decoded(legal(value)));
        assert.equal(decoded((typeof a === 'string' ? a : a['#text']) ?? ''), decoded(legal(inside)));
      }),
      runs,
    ));

  it(
    'stay in their command of GitHub',
    holds('github', (text, given) => {
      const lines = text.trimEnd().split('\n');
      const commands = lines.filter((line) => line.startsWith('::'));
      assert.equal(lines.length, commands.length + 1);
      const { unusedWaivers = [] } = given;
      assert.equal(commands.length, shownOf(given).length + noticesOf(given).length + unusedWaivers.length);
      for (const line of commands) {
        // As the runner takes it apart: the command ends at the first `::`, properties at commas, names at the first `=`.
        const [, kind = '', properties = ''] = /^::(\w+) (.*?)::/.exec(line) ?? [];
        assert.ok(['error', 'warning', 'notice'].includes(kind), line);
        for (const property of properties.split(',')) assert.match(property, /^(file|line|col|title)=/);
        const files = given.findings.map(({ position }) => position?.file).concat(given.files.map(({ file }) => file));
        const file = /(?:^|,)file=([^,]*)/.exec(properties)?.[1];
        if (file !== undefined) {
          const decoded = file.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%25', '%');
          assert.ok(
            files.some((each) => each !== undefined && visible(pathOf(each)) === decoded),
            file,
          );
        }
      }
    }),
  );

  describe('in Markdown', () => {
    const parser = markdownIt({ html: true, linkify: true });
    const kinds = (text: string): string[] =>
      parser.parse(text, {}).flatMap((token) => [token.type, ...(token.children ?? []).map(({ type }) => type)]);

    it(
      'are no markup',
      holds('markdown', (text, given) => {
        const found = kinds(text);
        for (const kind of [
          'html_block',
          'html_inline',
          'link_open',
          'image',
          'fence',
          'code_block',
          'table_open',
          'blockquote_open',
          'hr',
        ])
          assert.ok(!found.includes(kind), kind);
        assert.equal(found.filter((kind) => kind === 'heading_open').length, 1);
        const lists = found.filter((kind) => kind === 'list_item_open').length;
        assert.ok(lists <= shownOf(given).length + noticesOf(given).length + (given.unusedWaivers ?? []).length);
        assert.ok(text.length <= 65_536);
      }),
    );

    it('come back from a code span as they are seen', () =>
      fc.assert(
        fc.property(hostile, (text) => {
          const [block] = parser.parseInline(code(text), {});
          const [span, ...others] = block?.children ?? [];
          assert.equal(others.length, 0);
          assert.equal(span?.type, 'code_inline');
          assert.equal(span?.content, visible(text).trim() || '(empty)');
        }),
        runs,
      ));

    it('mention nobody and refer to nothing in a sentence', () =>
      fc.assert(
        fc.property(hostile, (text) => {
          const [block] = parser.parseInline(prose(`Set it. ${text}`), {});
          for (const { type, content } of block?.children ?? [])
            if (type === 'text') assert.doesNotMatch(content, /@\w|#\d|https?:|www\./);
        }),
        runs,
      ));

    it('leave out what does not fit, and say how much', () => {
      const [first] = sample.findings;
      assert.ok(first);
      const findings = Array.from({ length: 4000 }, (_, at) => ({
        ...first,
        reason: `reason ${at} ${'x'.repeat(200)}`,
      }));
      const text = markdownText({ ...sample, findings }, 65_536);
      assert.ok(text.length <= 65_536 && text.length > 50_000, String(text.length));
      const shown = text.match(/^- \*\*fail\*\*/gm)?.length ?? 0;
      const [, left] = /\*\*(\d+) further findings and 2 other notes not shown/.exec(text) ?? [];
      assert.equal(shown + Number(left), findings.length);
      assert.match(text, /4000 fail/);
    });
  });
});
