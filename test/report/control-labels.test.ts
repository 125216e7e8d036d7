import assert from 'node:assert/strict';
import { labelOf } from '#model/control.js';
import { formats } from '#report/formats/index.js';
import { contextOf, whole } from './context.js';
import { sample } from './sample-result.js';

const spelt = (ids: readonly string[]) =>
  new RegExp(`\\b(?:${ids.map((id) => id.replace('.', '\\.')).join('|')})(?![\\w.-])`);

describe('controls in reports', () => {
  const ids = [...new Set(sample.findings.flatMap(({ controls }) => controls.map(({ id }) => id)))];

  for (const name of ['human', 'markdown', 'csv', 'junit', 'github', 'gitlab']) {
    it(`are called as NIST prints them: ${name}`, async () => {
      const report = await formats.get(name)?.();
      const text = whole((await report?.(sample, contextOf(sample))) ?? '');
      assert.ok(ids.some((id) => text.includes(labelOf(id).split('(')[0] as string)));
      assert.doesNotMatch(text, spelt(ids));
    });
  }

  for (const name of ['json', 'sarif']) {
    it(`are called by their OSCAL ids: ${name}`, async () => {
      const report = await formats.get(name)?.();
      assert.match(whole((await report?.(sample, contextOf(sample))) ?? ''), spelt(ids));
    });
  }
});
