import assert from 'node:assert/strict';
import { plan } from '../../src/plan/plan.js';
import { readSystem } from '../../src/plan/read-system.js';
import type { Palette } from '../../src/report/palette.js';
import { planText } from '../../src/report/plan-table.js';
import { goodSystem, smallBase } from '../plan/small-base.js';
import { validate } from '../plan/validator.js';

const same = (text: string) => text;
const palette: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
const planned = plan(readSystem(goodSystem, 'rampart.yaml', validate, smallBase), smallBase);

describe('a plan as a table', () => {
  it('shows each value with every reason, and the requirements with the origin of their mappings', () => {
    const text = planText(planned, { width: 100, palette });
    const row = text.split('\n').find((line) => line.includes('logging.retention-days'));
    assert.match(row ?? '', /│ logging\.retention-days\s+│ 731\s+│ log-group-retention \(AU-11\): 365/);
    assert.match(text, /│ au-11_odp: “a time period in compliance with M-21-31”/);
    assert.match(text, /│ trail-retention \(AU-11\): 400/);
    assert.match(text, /│ you: 731/);
    assert.match(text, /│ key-rotation\s+│ high\s+│ SC-12 /);
    assert.match(text, /│ trail-retention\s+│ high\s+│ AU-11\* /);
    assert.match(text, /3 requirements apply: 3 high/);
    assert.match(text, /\* this mapping of requirement to control is Rampart’s own/);
  });

  for (const width of [60, 72, 80, 120, 400]) {
    it(`keeps its tables within ${width} columns and loses no text`, () => {
      const text = planText(planned, { width, palette });
      const longest = Math.max(
        ...text
          .split('\n')
          .filter((line) => /^[│┌└├]/.test(line))
          .map((line) => line.length),
      );
      assert.ok(longest <= Math.min(width, 140), `${longest} columns`);
      assert.doesNotMatch(text, /…/);
      const cells = text.replaceAll(/\s*│\s*|\n/g, '');
      assert.match(cells, /api, ?data/);
    });
  }

  it('is plain without colour and painted with it', () => {
    const plain = planText(planned, { width: 100, palette });
    assert.ok(!plain.includes('\u001b'));
    const paint = (text: string) => `\u001b[1m${text}\u001b[22m`;
    const painted = planText(planned, { width: 100, palette: { ...palette, bold: paint } });
    assert.ok(painted.includes('\u001b[1m'));
    assert.equal(painted.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', ''), plain);
  });
});
