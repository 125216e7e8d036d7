import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { templateOf, templateOfSize } from '#build/bench-template.js';
import { type Case, measure } from '#build/measure.js';
import { readManifest } from '#manifest/read.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const node = (name: string, script: string, exits: readonly number[] = [0]): Case => ({
  name,
  command: process.execPath,
  args: ['-e', script],
  exits,
  rounds: 3,
});

describe('the benchmark', function () {
  this.timeout(30_000);

  it('judges templates that say what they promise', () => {
    const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };
    for (const count of [1, 100]) {
      const manifest = readManifest('bench.yaml', templateOf(count), given);
      assert.equal('resources' in manifest && manifest.resources.length, count);
    }
    const size = templateOfSize(15_000).length;
    assert.ok(size >= 15_000 && size < 16_000, `${size} bytes`);
    assert.equal(templateOf(7), templateOf(7));
  });

  it('tells slow from fast and large from small', async () => {
    const [fast, slow] = await measure(
      [node('fast', '0'), node('slow', 'const a=Buffer.alloc(120<<20,1);setTimeout(()=>a,150)', [0])],
      root,
    );
    assert.ok(fast && slow);
    assert.ok(slow.ratio > fast.ratio && slow.wall > fast.wall + 100, JSON.stringify([fast, slow]));
    if (slow.peak !== undefined) assert.ok(slow.peak - (fast.peak ?? 0) > 100, `${slow.peak} - ${fast.peak} MiB`);
  });

  it('does not time a command that failed', () =>
    assert.rejects(
      measure([node('broken', 'console.error("no such flag"); process.exit(2)')], root),
      /broken ended with 2.*\n?.*no such flag/s,
    ));
});
