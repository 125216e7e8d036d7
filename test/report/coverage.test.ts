import assert from 'node:assert/strict';
import fc from 'fast-check';
import { natureOf } from '#model/nature.js';
import { coverage, coverageCsv, coverageMarkdown, coverageText } from '#report/coverage.js';
import { csv, markdown } from '#report/table-text.js';
import { threatMatrix, threatsCsv, threatsMarkdown, threatsText } from '#report/threats.js';
import { base } from '../controls/base.js';

const plain = (text: string): string => text;
const palette = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

describe('coverage of the shipped baselines', () => {
  for (const baseline of base.baselines) {
    it(`${baseline.id} has a row with a reason for each control and indicator, and promises nothing`, () => {
      const covered = coverage(base, baseline);
      assert.deepEqual(covered.rows.map(({ control }) => control.id).sort(), baseline.controls);
      assert.deepEqual(
        covered.indicators.map(({ control }) => control.id),
        Object.keys(baseline.indicators ?? {}),
      );
      for (const row of [...covered.rows, ...covered.indicators]) {
        assert.notEqual(row.reason, '');
        assert.equal(row.judged === 'outside', row.manifest.length + row.live.length === 0);
        assert.equal(row.languages.length > 0, row.manifest.length > 0);
        if (row.judged !== 'outside') assert.match(row.reason, /^technical parts only/);
      }
      const texts = [coverageText(covered, palette, true), coverageCsv(covered), coverageMarkdown(covered)];
      for (const text of texts) {
        assert.doesNotMatch(text, /satisf/i);
        for (const { label } of [...covered.rows, ...covered.indicators].map(({ control }) => control))
          assert.ok(text.includes(label));
      }
      assert.equal(texts[1]?.trimEnd().split('\r\n').length, 1 + covered.rows.length + covered.indicators.length);
    });
  }

  it('sorts only controls and families there are, into kinds there are', () => {
    const { natures, families, exceptions } = base.natures;
    const controls = new Set(base.controls.map(({ id }) => id));
    assert.deepEqual(
      Object.keys(exceptions).filter((id) => !controls.has(id)),
      [],
    );
    assert.deepEqual(
      [...controls].filter((id) => !families[id.slice(0, 2)]),
      [],
    );
    for (const kind of [...Object.values(families), ...Object.values(exceptions)]) assert.ok(natures[kind], kind);
    assert.equal(natureOf('pe-3', base.natures).kind, 'facility');
    for (const { id } of base.controls.filter((control) => /^(?!pm|pt|pl)..-1$/.test(control.id))) {
      assert.equal(natureOf(id, base.natures).kind, 'policy', id);
    }
  });
});

describe('threats', () => {
  it('are seven; each has requirements, and each requirement names only these', () => {
    const rows = threatMatrix(base);
    assert.equal(rows.length, 7);
    for (const { id, requirements } of rows) assert.ok(Object.values(requirements).flat().length > 4, id);
    const known = new Set(rows.map(({ id }) => id));
    for (const { threats } of base.requirements)
      assert.deepEqual(
        threats.filter((threat) => !known.has(threat)),
        [],
      );
    const named = rows.flatMap(({ requirements }) => Object.values(requirements).flat());
    assert.deepEqual([...new Set(named)].sort(), base.requirements.map(({ id }) => id).sort());
    for (const text of [threatsText(rows, palette), threatsCsv(rows), threatsMarkdown(rows)])
      assert.match(text, /GPU infrastructure/);
  });
});

describe('tables', () => {
  it('never start a cell as a formula, and can be read back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 3 }), { minLength: 1 }),
        (rows) => {
          const text = csv(rows);
          const cells = parse(text);
          assert.equal(cells.length, rows.length);
          for (const [at, row] of rows.entries()) {
            assert.deepEqual(
              cells[at],
              row.map((cell) => (/^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(cell) ? `'${cell}` : cell)),
            );
          }
        },
      ),
    );
  });

  it('keep a cell of Markdown in its cell', () => {
    const [, , row] = markdown([
      ['a', 'b'],
      ['x|y\n<script>', '`c`'],
    ]).split('\n');
    assert.equal(row, '| x\\|y \\<script\\> | \\`c\\` |');
  });
});

/** RFC 4180, read back by a reader of its own. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/g)) {
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
