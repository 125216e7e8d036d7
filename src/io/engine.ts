/** From so much text on, judging it takes longer than loading what changes V8's flags. */
const much = 8 * 1024;

/**
 * V8's flags for much work of many kinds, each with what it is otherwise, by the major release of Node they were measured on. The new
 * generation starts with a megabyte and doubles: a run makes ten at once, and would copy them again and again. And functions are optimised
 * so soon, on so little, that compiling them takes a fifth of the time of a run.
 */
const flags: Readonly<Record<number, readonly (readonly [name: string, much: number, otherwise: number])[]>> = {
  20: [
    ['semi-space-growth-factor', 16, 2],
    ['interrupt-budget', 250_000, 67_584],
  ],
  22: [['semi-space-growth-factor', 16, 2]],
  24: [['semi-space-growth-factor', 16, 2]],
};
const known = flags[Number.parseInt(process.versions.node, 10)] ?? [];

let expected = 0;

/** One for the process: several files of the bundle have this module. */
const isReady = Symbol.for('rampart: V8 is ready for much');
const shared = globalThis as { [isReady]?: boolean };

/** Tells of text that will be judged; with the first that makes it much, V8 is made ready for it. Nothing but time depends on it. */
export function readyForMuch(length: number): void {
  expected += length;
  if (shared[isReady] || expected < much) return;
  shared[isReady] = true;
  for (const [name, value] of known) set(name, value);
}

/** Does something with V8's flags as they are at the start: code that was compiled under other flags is of no use to it. */
export function asAtStart<Result>(work: () => Result): Result {
  if (!shared[isReady]) return work();
  for (const [name, , value] of known) set(name, value);
  try {
    return work();
  } finally {
    for (const [name, value] of known) set(name, value);
  }
}

const set = (name: string, value: number): void =>
  process.getBuiltinModule('node:v8').setFlagsFromString(`--${name}=${value}`);
