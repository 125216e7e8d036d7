import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Rewriting } from '../../../src/manifest/edit/rewriting.js';

const round = fc.array(fc.record({ at: fc.nat(60), length: fc.nat(4), text: fc.string({ maxLength: 5 }) }), {
  maxLength: 4,
});

/** Changes that do not touch each other, in a text of some length. */
function apart(wishes: readonly { at: number; length: number; text: string }[], size: number) {
  const splices: { start: number; end: number; text: string; by: number }[] = [];
  let free = 0;
  for (const { at, length, text } of [...wishes].sort((left, right) => left.at - right.at)) {
    const start = Math.max(at, free);
    const end = start + length;
    if (end > size) continue;
    splices.push({ start, end, text, by: splices.length });
    free = end + 1;
  }
  return splices;
}

describe('a text that is rewritten several times', () => {
  it('says what changing the string says, and gives the changes as those of the first text', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.array(round, { maxLength: 5 }), (text, rounds) => {
        const rewriting = new Rewriting<number>(text);
        let now = text;
        for (const wishes of rounds) {
          const splices = apart(wishes, now.length);
          rewriting.apply(splices);
          for (const { start, end, text: words } of [...splices].reverse())
            now = now.slice(0, start) + words + now.slice(end);
          assert.equal(rewriting.text, now);
        }
        let again = '';
        let done = 0;
        for (const { start, end, text: words } of rewriting.replacements()) {
          assert.ok(start >= done && end >= start);
          again += text.slice(done, start) + words;
          done = end;
        }
        assert.equal(again + text.slice(done), now);
      }),
    ));
});
