import assert from 'node:assert/strict';
import { didYouMean, suggest } from '#plan/suggest.js';

describe('what a word most likely means', () => {
  const baselines = ['nist-800-53b-moderate', 'fedramp-rev5-moderate', 'fedramp-rev5-high', 'fedramp-class-c'];

  for (const [given, meant] of [
    ['fedramp-rev5-hihg', 'fedramp-rev5-high'],
    ['FedRAMP Rev5 High', 'fedramp-rev5-high'],
    // A part of the whole; of several the first in sorted order.
    ['moderate', 'fedramp-rev5-moderate'],
    ['nist moderate', 'nist-800-53b-moderate'],
    ['Class C', 'fedramp-class-c'],
    // Neither near nor a part: no guess.
    ['c', undefined],
    ['', undefined],
    ['mod', undefined],
    ['moderate-low', undefined],
    ['x'.repeat(1000), undefined],
  ] as const) {
    it(`takes ${JSON.stringify(given.slice(0, 20))} for ${meant ?? 'nothing there is'}`, () => {
      assert.equal(suggest(given, baselines), meant);
    });
  }

  it('ends a message with it, or with nothing', () => {
    assert.equal(didYouMean('moderate', baselines), ' Did you mean fedramp-rev5-moderate?');
    assert.equal(didYouMean('zz', baselines), '');
  });
});
