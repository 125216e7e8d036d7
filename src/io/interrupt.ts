import { writeSync } from 'node:fs';
import { exitCodes } from '#model/error.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One set for the process: several files of the bundle have this module. */
const held = Symbol.for('rampart: what an interrupt cleans up');
const asked = Symbol.for('rampart: how not to end politely any more');
const shared = globalThis as { [held]?: Set<() => void>; [asked]?: (() => void) | undefined };
shared[held] ??= new Set();
const cleanups = shared[held];

/**
 * Runs `cleanup` (which must not wait for anything) should the process be told to stop, then ends it with the exit code of
 * an outside failure and a sentence on stderr. Returns how to take it back. Called with nothing to clean, it only makes
 * the ending polite.
 */
export function onInterrupt(cleanup: () => void): () => void {
  // Two callers may hand over the same function; each counts.
  const own = (): void => cleanup();
  if (cleanups.size === 0) for (const signal of signals) process.on(signal, stop);
  cleanups.add(own);
  return () => {
    if (cleanups.delete(own) && cleanups.size === 0) for (const signal of signals) process.off(signal, stop);
  };
}

/** From here on Ctrl-C ends the process with a sentence, also where there is nothing to clean up. */
export function endPolitely(): void {
  shared[asked] ??= onInterrupt(() => {});
}

/**
 * Takes that back: work without a pause begins, until the end of which no handler would run. Where there is nothing to clean up, the
 * system ends the process itself, at once.
 */
export function endAtOnce(): void {
  shared[asked]?.();
  shared[asked] = undefined;
}

/** What is waited for in the midst of such work can be interrupted with a sentence again. */
export async function waitedFor<Result>(result: Promise<Result>): Promise<Result> {
  const forget = onInterrupt(() => {});
  try {
    return await result;
  } finally {
    forget();
  }
}

function stop(signal: NodeJS.Signals): void {
  for (const cleanup of [...cleanups].reverse()) {
    try {
      cleanup();
    } catch {
      // The next cleanup matters more than the reason this one failed.
    }
  }
  try {
    writeSync(2, `Interrupted (${signal}). Nothing was left half-written.\n  next: run the command again.\n`);
  } catch {
    // stderr may be gone with the terminal.
  }
  process.exit(exitCodes.outside);
}
