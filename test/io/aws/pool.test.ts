import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { pool } from '#io/aws/pool.js';

describe('a pool', () => {
  it('keeps to its width, does everything once, and gives results in order', async () => {
    let busy = 0;
    let most = 0;
    const items = Array.from({ length: 25 }, (_, at) => at);
    const results = await pool(items, 4, async (item) => {
      busy += 1;
      most = Math.max(most, busy);
      await wait((25 - item) % 3);
      busy -= 1;
      return item * 2;
    });
    assert.deepEqual(
      results,
      items.map((item) => item * 2),
    );
    assert.equal(most, 4);
    assert.deepEqual(await pool([], 4, async () => 1), []);
  });

  it('ends with the first error', () =>
    assert.rejects(
      pool([1, 2, 3], 2, async (item) => {
        if (item === 2) throw new Error('two');
      }),
      /two/,
    ));
});
