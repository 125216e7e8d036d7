import { answer } from '#io/beside.js';
import { keepCompiled } from '#io/compiled.js';
import type { ShareWanted } from './threads.js';

/** A share of a run comes in, what is found of it goes out. */
keepCompiled();
void answer(async ({ paths, options, version, shard, of, passes }: ShareWanted) => {
  const { judgeShare } = await import('./shard.js');
  const { part } = await judgeShare(paths, options, version, { shard, of }, passes);
  return part;
});
