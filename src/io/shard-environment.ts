import { RampartError } from '#model/error.js';

/** Which share of a run this is, counted from 1. */
export interface Shard {
  shard: number;
  of: number;
}

/** More shards than this are a slip of the keyboard. */
const mostShards = 10_000;

/** `2/8`, or `auto`: what Kubernetes tells the pods of an Indexed Job, or AWS Batch the jobs of an array. Throws `RAMPART_SHARD` (exit `usage`). */
export function readShard(word: string, environment: NodeJS.ProcessEnv = process.env): Shard {
  if (word === 'auto') return shardOf(environment);
  const [, shard, of] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(word) ?? [];
  return valid(Number(shard), Number(of), 'Write --shard as index/count, such as 2/8, or auto.');
}

/** Both count from 0. */
function shardOf(environment: NodeJS.ProcessEnv): Shard {
  const kubernetes = environment.JOB_COMPLETION_INDEX;
  const batch = environment.AWS_BATCH_JOB_ARRAY_INDEX;
  if (kubernetes !== undefined && batch !== undefined) {
    throw refuse('Both Kubernetes and AWS Batch say which shard this is.', 'Write --shard as index/count.');
  }
  if (kubernetes !== undefined) {
    const next = 'Set RAMPART_SHARDS to the completions of the Job.';
    return valid(whole(kubernetes) + 1, whole(environment.RAMPART_SHARDS), next);
  }
  if (batch !== undefined) {
    const next = 'Run it in an array job, or write --shard as index/count.';
    return valid(whole(batch) + 1, whole(environment.AWS_BATCH_JOB_ARRAY_SIZE), next);
  }
  throw refuse(
    'Nothing in the environment says which shard this is.',
    'Run it in an Indexed Job of Kubernetes or an array job of AWS Batch, or write --shard as index/count.',
  );
}

const whole = (text: string | undefined): number => (/^\d{1,5}$/.test(text ?? '') ? Number(text) : Number.NaN);

function valid(shard: number, of: number, next: string): Shard {
  if (shard >= 1 && shard <= of && of <= mostShards) return { shard, of };
  throw refuse('This is no shard of a run.', next);
}

const refuse = (message: string, next: string): RampartError =>
  new RampartError('RAMPART_SHARD', message, { exit: 'usage', next });
