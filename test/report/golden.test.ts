import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { formats } from '#report/formats/index.js';
import { contextOf, whole } from './context.js';
import { sample, sources } from './sample-result.js';

const folder = new URL('../golden/report/', import.meta.url);

/** One result in every format, to be read: `npm run golden` writes these files anew. */
describe('one result in every format', () => {
  for (const [name, load] of formats) {
    it(name, async () => {
      const report = await load();
      const text = whole(await report(sample, { ...contextOf(sample), sources }));
      assert.equal(text, whole(await report(sample, { ...contextOf(sample), sources })));
      // None may leave out what is unknown, what was waived and by whom, what was not read, what was not followed.
      for (const said of ['kms-key-rotation', 'A. Person', 'Fn::Transform', 'bad.yaml'])
        assert.ok(text.includes(said), said);
      const file = new URL(`${name}.txt`, folder);
      if (process.env.UPDATE_GOLDEN) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, text);
      }
      assert.equal(text, readFileSync(file, 'utf8'));
    });
  }
});
