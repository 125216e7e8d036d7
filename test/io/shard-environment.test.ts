import assert from 'node:assert/strict';
import { readShard } from '../../src/io/shard-environment.js';

const refused = { code: 'RAMPART_SHARD', exit: 'usage' };

describe('which shard this is', () => {
  it('is said in words', () => {
    assert.deepEqual(readShard('2/8', {}), { shard: 2, of: 8 });
    for (const word of ['0/8', '9/8', '2', '2/', '/8', '-1/8', '2/8/1', ' 2/8', '02/8', '1e1/20', '', '1/99999']) {
      assert.throws(() => readShard(word, {}), refused, word);
    }
  });

  it('is what an Indexed Job of Kubernetes says', () => {
    assert.deepEqual(readShard('auto', { JOB_COMPLETION_INDEX: '0', RAMPART_SHARDS: '4' }), { shard: 1, of: 4 });
    assert.throws(() => readShard('auto', { JOB_COMPLETION_INDEX: '0' }), refused);
    assert.throws(() => readShard('auto', { JOB_COMPLETION_INDEX: '4', RAMPART_SHARDS: '4' }), refused);
    assert.throws(() => readShard('auto', { JOB_COMPLETION_INDEX: '', RAMPART_SHARDS: '4' }), refused);
  });

  it('is what an array job of AWS Batch says', () => {
    const batch = { AWS_BATCH_JOB_ARRAY_INDEX: '7', AWS_BATCH_JOB_ARRAY_SIZE: '8' };
    assert.deepEqual(readShard('auto', batch), { shard: 8, of: 8 });
    assert.throws(() => readShard('auto', { ...batch, JOB_COMPLETION_INDEX: '1' }), refused);
  });

  it('is refused where nothing says it', () => assert.throws(() => readShard('auto', {}), refused));
});
