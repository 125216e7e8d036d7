import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { covers } from '../../src/check/iam-pattern.js';

/** The same by a regular expression, which takes too long with many stars. */
const expected = (pattern: string, literal: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'is',
  ).test(literal);

describe('patterns of IAM', () => {
  it('match what a regular expression of the same says', () => {
    const pattern = fc.string({ unit: fc.constantFrom('*', '?', 'a', 'B', ':', '-', '.', '[', '@'), maxLength: 8 });
    const literal = fc.string({ unit: fc.constantFrom('a', 'A', 'b', ':', '-', '{', '`'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, literal, (one, other) => {
        equal(covers(one, other), expected(one, other));
      }),
      { numRuns: 5000 },
    );
  });
});
