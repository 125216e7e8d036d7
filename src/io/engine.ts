/** From so much text on, judging it takes longer than loading what changes V8's flags. */
const much = 32 * 1024;

/** V8's flags for much work of many kinds, by the major release of Node they were measured on. */
const flags: Readonly<Record<number, readonly string[]>> = {
  // The new generation starts with a megabyte and doubles: a run makes ten at once, and would copy them again and again. And functions are
  // optimised so soon, on so little, that compiling them takes a fifth of the time of a run.
  20: ['--semi-space-growth-factor=16', '--interrupt-budget=250000'],
  22: ['--semi-space-growth-factor=16'],
  24: ['--semi-space-growth-factor=16'],
};

let expected = 0;

/** Tells of text that will be judged; with the first that makes it much, V8 is made ready for it. Nothing but time depends on it. */
export function readyForMuch(length: number): void {
  if (expected >= much) return;
  expected += length;
  if (expected < much) return;
  const known = flags[Number.parseInt(process.versions.node, 10)] ?? [];
  for (const flag of known) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
