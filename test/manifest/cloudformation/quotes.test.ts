import assert from 'node:assert/strict';
import { quotes, refuses, wildcards } from '../../../src/manifest/cloudformation/quotes.js';

describe('a pattern of a parameter', () => {
  for (const [pattern, isQuoteless] of [
    ['^[a-z][a-z0-9-]*$', true],
    ['[a-zA-Z0-9_.+=,@-]{1,64}', true],
    ['^arn:aws(?:-us-gov)?:kms:[a-z0-9-]+:\\d{12}:key/[0-9a-f-]{36}$', true],
    ['^(?!-)[\\w.\\-/]+$|^$', true],
    ['[^"\\\\]+', true],
    ['.*', false],
    ['[^"]+', false],
    ['[^a-z]+', false],
    ['[!-~]+', false],
    ['\\S+', false],
    ['[\\S]+', false],
    ['[a-z"]+', false],
    ['"[a-z]+"', false],
    ['[\\\\]', false],
    ['\\x22', false],
    ['\\Q"\\E', false],
    ['[a-z&&[^b]]', false],
    ['[a-z[0-9]]', false],
    ['[z-a]', false],
    ['a'.repeat(2000), false],
    [undefined, false],
  ] as const)
    it(`${pattern?.slice(0, 60)}: ${isQuoteless}`, () => {
      assert.equal(refuses(pattern, quotes), isQuoteless);
    });

  for (const [pattern, isLiteral] of [
    ['^[a-z0-9.-]{3,63}$', true],
    ['[a-z]*', true],
    ['(?:[a-z]+-)?[a-z]+', true],
    ['^arn:aws-us-gov:s3:::[a-z-]+$', true],
    ['[a-z*]+', false],
    ['\\*', false],
    ['[^/]+', false],
    ['.*', false],
    ['[!-~]+', false],
    ['\\?', false],
    [undefined, false],
  ] as const)
    it(`${pattern} leaves ${isLiteral ? 'no' : 'a'} wildcard`, () => {
      assert.equal(refuses(pattern, wildcards), isLiteral);
    });
});
