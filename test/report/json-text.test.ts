import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonPieces, jsonText } from '#report/json-text.js';

describe('JSON in pieces', () => {
  const same = (value: object): void => assert.equal([...jsonPieces(value)].join(''), jsonText(value));

  it('is what it is in one', () => {
    same({});
    same({ a: undefined });
    same({ a: undefined, b: [], c: {}, d: [undefined] });
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), same));
  });

  it('is so with lists longer than what is written at a time, and with what no terminal may be given', () => {
    const item = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('\u202e\n', { '\u009b': ['\ud800', 1] }));
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 250, max: 1100 }),
        (items, length) =>
          same({ before: 1, list: Array.from({ length }, (_, at) => items[at % items.length]), after: items }),
      ),
    );
  });

  it('is never put together', () => {
    const list = Array.from({ length: 5000 }, () => 'x'.repeat(1000));
    const lengths = [...jsonPieces({ list })].map(({ length }) => length);
    assert.ok(Math.max(...lengths) < 300_000);
    assert.ok(lengths.reduce((sum, length) => sum + length) > 5_000_000);
  });
});
