import { type MonotonicState, parseMonotonicState } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import { RampartError } from '#model/error.js';

const small = { maxBytes: 1024 * 1024 };

/**
 * What a state file remembers; undefined where there is none yet. One that is there and cannot be read stops everything: without it a
 * replay would pass.
 */
export async function readState(path: string): Promise<MonotonicState | undefined> {
  try {
    return parseMonotonicState(await readBytes(path, small));
  } catch (error) {
    if (error instanceof RampartError && error.code === 'RAMPART_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Of one who has seen nothing. */
export const noState: MonotonicState = { clock: new Date(0).toISOString(), heads: [] };
