import assert from 'node:assert/strict';
import { evidenceDiffText } from '../../src/report/evidence-diff.js';

describe('the difference between two bundles, as text', () => {
  const side = { bundle: 'ab'.repeat(32), collectedAt: '2026-11-22T00:00:00.000Z', baseline: 'b', counts: '1 fail' };
  const names = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word}${at}`);
  const text = evidenceDiffText({
    from: side,
    to: side,
    caveats: [],
    changes: [
      {
        control: 'ia-5.7',
        change: 'lost',
        from: 'pass',
        to: 'absent',
        because: [],
        removed: names('Old', 12),
        added: names('Young', 1),
      },
    ],
    otherwise: [
      {
        ...{ requirement: 'r', title: 'R', severity: 'low', controls: [], resource: 'L', type: 'T', file: 'a.yaml' },
        ...{ from: 'waived', to: 'waived', change: 'other', reason: 'is 1; before: is 30' },
      },
    ],
    kept: 1,
    against: 2,
    waived: 3,
  });

  it('says of each resource whether it came or went, and of many how many more', () => {
    assert.match(text, /^ {2}IA-5\(7\) {2}was supported, is not spoken of\n {4}no longer there: Old0$/m);
    assert.match(text, /^ {4}no longer there: Old9\n {4}no longer there: 2 more; --json lists them\n {4}new: Young0$/m);
  });

  it('says what is wrong in another way, though no verdict changed', () =>
    assert.match(text, /^WRONG IN ANOTHER WAY: 1\n {2}r on L \(a\.yaml\): waived → waived\. is 1; before: is 30$/m));

  it('gives the counts of both sides, and how many controls stay as bad as they were', () => {
    assert.equal(text.split('\n      1 fail against b\n').length - 1, 2);
    assert.match(text, /^1 control is supported in both\.\n2 controls are contradicted or open in both, /m);
    assert.match(text, /^3 controls are supported but for accepted deviations in both\.$/m);
  });
});
