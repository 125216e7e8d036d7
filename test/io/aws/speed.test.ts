import assert from 'node:assert/strict';
import * as kms from '@aws-sdk/client-kms';
import { observe } from '#io/aws/observe.js';
import { pool } from '#io/aws/pool.js';
import { awsEnvironment, govWest, noon } from './credentials.js';
import { motoServer } from './moto.js';

const count = 200;
/** Keys at the same time, as in the probe. */
const width = 8;

describe(`a probe of ${count} keys (moto_server)`, function () {
  this.timeout(300_000);
  awsEnvironment();
  const endpoint = motoServer();
  const keys: string[] = [];
  let client: kms.KMSClient;

  before('make keys', async () => {
    client = new kms.KMSClient({ region: govWest.region, endpoint: endpoint(), useFipsEndpoint: false });
    await pool(Array.from({ length: count }), width, async () => {
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({}));
      const KeyId = KeyMetadata?.KeyId ?? '';
      await client.send(new kms.CreateAliasCommand({ AliasName: `alias/key-${KeyId}`, TargetKeyId: KeyId }));
      keys.push(KeyMetadata?.Arn ?? '');
    });
  });
  after(() => client?.destroy());

  it('takes at most three times as long as its bare calls, and sees every key however many pages', async () => {
    const bare = async (): Promise<void> => {
      await pool(keys, width, async (KeyId) => {
        await client.send(new kms.DescribeKeyCommand({ KeyId }));
        await Promise.all([
          client.send(new kms.GetKeyRotationStatusCommand({ KeyId })),
          client.send(new kms.GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
          client.send(new kms.ListGrantsCommand({ KeyId })),
          client.send(new kms.ListResourceTagsCommand({ KeyId })),
        ]);
      });
    };
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    const progress: number[] = [];
    const probe = async () => {
      const seen = await observe({
        ...govWest,
        keys: [],
        endpoint: endpoint(),
        now: noon,
        progress: (done) => progress.push(done),
      });
      assert.equal(seen.filter(({ probe, outcome }) => probe === 'kms-key' && outcome === 'answered').length, count);
    };
    // Once for the connections and what is compiled late.
    await bare();
    // What else the machine does only adds to one or the other: the best of three pairs counts.
    const ratios: number[] = [];
    while (ratios.length < 3 && !ratios.some((ratio) => ratio <= 3)) {
      progress.length = 0;
      const [calls, all] = [await timed(bare), await timed(probe)];
      process.stdout.write(`      ${Math.round(calls)} ms of bare calls, ${Math.round(all)} ms of probe\n`);
      ratios.push(all / calls);
      assert.deepEqual(
        progress,
        Array.from({ length: count }, (_, at) => at + 1),
      );
    }
    assert.ok(
      Math.min(...ratios) <= 3,
      `the probe takes ${ratios.map((ratio) => ratio.toFixed(1)).join(', ')} times as long`,
    );
  });
});
