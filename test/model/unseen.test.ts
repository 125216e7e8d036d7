import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escaped, visible, visibleLines } from '../../src/model/unseen.js';

const anyText = fc.string({ unit: 'binary' });

describe('characters nobody sees', () => {
  it('leave no trace but a sign that something stood there', () => {
    assert.equal(
      visible('a\u001b[2Jb\u202ec\u00add\u2028e\ud800f\tg\nh'),
      'a\ufffd[2Jb\ufffdc\ufffdd\ufffde\ufffdf g\ufffdh',
    );
    assert.equal(visibleLines('a\tb\nc\r\u200bd'), 'a\tb\nc\ufffd\ufffdd');
    assert.equal(escaped('\u202e'), '\\u202e');
    assert.equal(escaped('\u{e0001}'), '\\udb40\\udc01');
  });

  it('are gone from every text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.doesNotMatch(visible(text), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        assert.doesNotMatch(visibleLines(text).replace(/[\n\t]/g, ''), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        assert.equal(visible(visible(text)), visible(text));
      }),
    );
  });
});
