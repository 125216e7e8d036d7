import { answer } from '#io/beside.js';
import { judgeShare } from './shard.js';
import type { ShareWanted } from './threads.js';

/** A share of a run comes in, what is found of it goes out. */
void answer(async ({ paths, options, version, shard, of, passes }: ShareWanted) => {
  const { part } = await judgeShare(paths, options, version, { shard, of }, passes);
  return part;
});
