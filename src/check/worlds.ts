import type { World } from '#model/value.js';
import type { Outcome } from './outcome.js';

/** One answer a world gave: which option of which open choice. */
export interface Choice {
  variable: string;
  option: string;
}

export interface Run<Result> {
  result: Result;
  choices: readonly Choice[];
}

/** The branch some choices lead to, as a finding names it. */
const branchOf = (choices: readonly Choice[]): string =>
  `when ${choices.map(({ variable, option }) => `${variable} is ${option}`).join(' and ')}`;

/**
 * The branch to name beside what one run came to; none where all runs came to the same. A value that is quoted is that of its branch:
 * where the others are as bad with other values, that is said.
 */
export function tellingBranch(run: Run<Outcome>, runs: readonly Run<Outcome | undefined>[]): string | undefined {
  const { verdict, reason } = run.result;
  const branch = branchOf(run.choices);
  if (!runs.every(({ result }) => result?.verdict === verdict)) return branch;
  if (runs.every(({ result }) => result?.reason === reason)) return undefined;
  return `${branch}, and is ${verdict === 'fail' ? 'wrong' : 'open'} otherwise too`;
}

/**
 * Runs `judge` once for every combination of answers to the choices it asks for; only choices that are asked for count.
 * Undefined when there are more than `limit` combinations.
 */
export function explore<Result>(judge: (world: World) => Result, limit: number): readonly Run<Result>[] | undefined {
  const runs: Run<Result>[] = [];
  let path: number[] | undefined = [];
  while (path) {
    if (runs.length >= limit) return undefined;
    const recorder: Recorder = new Recorder(path);
    runs.push({ result: judge(recorder), choices: recorder.choices });
    path = recorder.next();
  }
  return runs;
}

/** A world that follows a path of answers, takes the first option beyond its end, and remembers what was asked. */
class Recorder implements World {
  readonly choices: Choice[] = [];
  private readonly taken: { index: number; options: number }[] = [];
  private readonly known = new Map<string, number>();

  constructor(private readonly path: readonly number[]) {}

  choose(variable: string, options: readonly string[]): number {
    const known = this.known.get(variable);
    if (known !== undefined) return known;
    const index = this.path[this.taken.length] ?? 0;
    this.taken.push({ index, options: options.length });
    this.known.set(variable, index);
    this.choices.push({ variable, option: options[index] ?? '' });
    return index;
  }

  /** The next path in order, or undefined after the last. */
  next(): number[] | undefined {
    for (let depth = this.taken.length - 1; depth >= 0; depth -= 1) {
      const { index, options } = this.taken[depth] as { index: number; options: number };
      if (index + 1 < options) return [...this.taken.slice(0, depth).map((choice) => choice.index), index + 1];
    }
    return undefined;
  }
}
