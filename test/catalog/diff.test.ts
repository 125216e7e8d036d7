import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffControls } from '#catalog/diff.js';
import { base } from '../controls/base.js';
import { smallBase } from '../plan/small-base.js';

const [high, moderate] = smallBase.baselines;
assert.ok(high && moderate);

const none = { added: [], removed: [], changed: [] };

describe('the difference of two baselines', () => {
  it('names controls and the requirements they touch', () => {
    const diff = diffControls({ name: 'a', baseline: moderate }, { name: 'b', baseline: high }, smallBase);
    assert.deepEqual(diff.controls, { ...none, added: ['au-9.2'] });
    assert.deepEqual(diff.parameters, none);
    assert.deepEqual(diff.requirements, ['key-rotation', 'log-copy']);
  });

  it('names parameters and the requirements whose setting follows them', () => {
    const other = { ...moderate, parameters: { 'au-11_odp': ['ten years'] } };
    const diff = diffControls({ name: 'a', baseline: moderate }, { name: 'b', baseline: other }, smallBase);
    assert.deepEqual(
      diff.parameters.changed.map(({ id }) => id),
      ['au-11_odp'],
    );
    assert.deepEqual(diff.requirements, ['log-group-retention', 'trail-retention']);
  });

  it('turned round, is the same the other way; of a baseline with itself it is nothing', () => {
    const any = fc.constantFrom(...base.baselines);
    fc.assert(
      fc.property(any, any, (one, other) => {
        const there = diffControls({ name: 'a', baseline: one }, { name: 'b', baseline: other }, base);
        const back = diffControls({ name: 'b', baseline: other }, { name: 'a', baseline: one }, base);
        for (const part of ['controls', 'parameters', 'indicators', 'rules'] as const) {
          assert.deepEqual(there[part].added, back[part].removed);
          assert.deepEqual(
            there[part].changed.map(({ id }) => id),
            back[part].changed.map(({ id }) => id),
          );
        }
        assert.deepEqual(there.requirements, back.requirements);
        if (one === other) assert.deepEqual([there.controls, there.parameters, there.requirements], [none, none, []]);
      }),
    );
  });
});
