import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { covers, mayCover } from '../../src/check/iam-pattern.js';

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

  it('known in part may match whatever they match with some text in the place of what is open', () => {
    const known = fc.string({ unit: fc.constantFrom('*', '?', 'a', 'b', ':', '/'), maxLength: 4 });
    const open = fc.record({
      literal: fc.boolean(),
      filled: fc.string({ unit: fc.constantFrom('*', '?', 'a', 'b', ':', '/'), maxLength: 3 }),
    });
    const form = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '=', '*'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.oneof(known, open), { maxLength: 4 }), form, (drawn, asked) => {
        const parts = drawn.map((part) => {
          if (typeof part === 'string') return { spelt: part, part };
          const spelt = part.literal ? part.filled.replaceAll(/[*?]/g, 'a') : part.filled;
          return { spelt, part: part.literal ? { literal: true as const } : {} };
        });
        const spelt = parts.map((each) => each.spelt).join('');
        if (covers(spelt, asked))
          equal(
            mayCover(
              parts.map((each) => each.part),
              asked,
            ),
            true,
            `${spelt} covers ${asked}`,
          );
      }),
      { numRuns: 20_000 },
    );
  });

  it('of which an open part has no wildcards do not match the name nobody chose', () => {
    const bucket = { literal: true as const };
    equal(mayCover(['arn:aws-us-gov:s3:::', bucket, '/*'], 'arn:*:s3:::=/='), false);
    equal(mayCover(['arn:aws-us-gov:s3:::', {}, '/*'], 'arn:*:s3:::=/='), true);
    equal(mayCover(['arn:', bucket, ':s3:::*'], 'arn:*:s3:::=/='), true);
    equal(mayCover(['bedrock:', bucket], 'bedrock:InvokeModel'), true);
    // A character that stands for such a part is one where somebody wrote it.
    equal(mayCover(['s3:\ue002'], 's3:GetObject'), false);
    equal(mayCover(['s3:\ue002', bucket], 's3:GetObject'), false);
  });
});
