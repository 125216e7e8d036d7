import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hrefOf, line, markup, token } from '../../../src/evidence/oscal/text.js';

const text = fc.string({ unit: 'binary' });

describe('text in OSCAL', () => {
  it('spells out what hides, and takes blanks off the ends', () => {
    assert.equal(line('  a\u202eb\n c '), 'a(U+202E)b c');
    assert.equal(line(' \n '), '(empty)');
    assert.equal(line('x\ud83d'), 'x(U+D83D)');
  });

  it('escapes what would be read as markup, and only that', () => {
    assert.equal(markup('[a](b) `c` *d* <e> {{ f }}'), '\\[a\\](b) \\`c\\` \\*d\\* \\<e\\> \\{\\{ f \\}\\}');
    assert.equal(markup('KmsKeyId is "x", of my_key: 365 (days).'), 'KmsKeyId is "x", of my_key: 365 (days).');
    assert.equal(markup('_a_ b'), '\\_a\\_ b');
  });

  it('gives every text the form its type asks for', () => {
    fc.assert(
      fc.property(text, (any) => {
        assert.match(line(any), /^\S(.*\S)?$/u);
        assert.match(markup(any), /^[^\n]+$/u);
        assert.match(token(any), /^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$/u);
        // Resolved against a base, a file stays on the host it was on.
        assert.equal(new URL(hrefOf(any), 'https://base.example/x/y').origin, 'https://base.example');
        assert.doesNotMatch(hrefOf(any), /[^A-Za-z0-9\-_.!~*'()/%]/);
      }),
    );
  });
});
