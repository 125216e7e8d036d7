import assert from 'node:assert/strict';
import { now } from '#io/clock.js';

describe('the clock', () => {
  it('is the machine’s unless SOURCE_DATE_EPOCH pins it', () => {
    const before = Date.now();
    const time = now({}).getTime();
    assert.ok(time >= before && time <= Date.now());
    assert.equal(now({ SOURCE_DATE_EPOCH: '1763596800' }).toISOString(), '2025-11-20T00:00:00.000Z');
    assert.equal(now({ SOURCE_DATE_EPOCH: '0' }).toISOString(), '1970-01-01T00:00:00.000Z');
    assert.equal(now({ SOURCE_DATE_EPOCH: '253402300799' }).toISOString(), '9999-12-31T23:59:59.000Z');
  });

  for (const value of ['-1', '1.5', '1e9', ' 1', '0x10', 'yesterday', '253402300800', '99999999999999999999']) {
    it(`refuses SOURCE_DATE_EPOCH=${JSON.stringify(value)}`, () => {
      assert.throws(() => now({ SOURCE_DATE_EPOCH: value }), { code: 'RAMPART_BAD_EPOCH', exit: 'usage' });
    });
  }
});
