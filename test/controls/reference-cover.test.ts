import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { base } from './base.js';

const reference = new URL('../../../shared/reference/settings.json', import.meta.url);
/** Record → the requirements that cover it, or the reason why none can. */
const cover = parse(readFileSync(new URL('reference-cover.yaml', import.meta.url), 'utf8')) as Record<
  string,
  readonly string[] | string
>;

describe('the settings of the reference', () => {
  it('are covered by requirements that exist; for few there is a reason instead', () => {
    const known = new Set(base.requirements.map(({ id }) => id));
    const lists = Object.values(cover).filter((each): each is readonly string[] => typeof each !== 'string');
    assert.deepEqual(
      lists.flat().filter((id) => !known.has(id)),
      [],
    );
    assert.ok(lists.every((each) => each.length > 0));
    assert.ok(Object.keys(cover).length - lists.length <= 2);
  });

  it('are all there', function () {
    if (!existsSync(reference)) {
      process.stderr.write('      skipped: the reference is not beside this checkout\n');
      this.skip();
    }
    const records = JSON.parse(readFileSync(reference, 'utf8')) as readonly { id: string }[];
    assert.deepEqual(records.map(({ id }) => id).sort(), Object.keys(cover).sort());
  });
});
