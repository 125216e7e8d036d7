import { type Problem, RampartError } from '#model/error.js';

/** In the order they are made. */
export const checkNames = [
  'archive',
  'envelope',
  'signature',
  'statement',
  'timestamp',
  'contents',
  'schemas',
  'freshness',
  'verdict',
  'artifact',
] as const;
export type CheckName = (typeof checkNames)[number];

export interface Check {
  name: CheckName;
  /** `null`: not made, and `detail` says why. */
  ok: boolean | null;
  detail: string;
}

/** Ends the run of checks at the first that fails: what comes later would read bytes nobody vouches for. */
export class Stopped extends Error {}

/** What the checks of one verification found, in order. */
export class CheckLog {
  readonly checks: Check[] = [];
  readonly problems: Problem[] = [];
  readonly notes: string[] = [];

  /** Makes one check. `work` answers with what it found and a sentence, or throws what is wrong. */
  run<T>(name: CheckName, work: () => [value: T, detail: string]): T {
    try {
      const [value, detail] = work();
      this.checks.push({ name, ok: true, detail });
      return value;
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      this.checks.push({ name, ok: false, detail: error.message });
      const problems = error.problems.length > 0 ? error.problems : [{ message: error.message }];
      this.problems.push(...problems.map(({ message }) => ({ message: `${name}: ${message}` })));
      throw new Stopped();
    }
  }

  skip(name: CheckName, detail: string): void {
    this.checks.push({ name, ok: null, detail });
  }

  /** Marks every check that was not reached. */
  close(): void {
    for (const name of checkNames.slice(this.checks.length)) {
      this.skip(name, 'not made, because a check before it failed');
    }
  }
}

/** Why a bundle is not to be relied on. Throws nothing when there is nothing to say. */
export const refuseIfAny = (problems: readonly string[]): void => {
  const [first] = problems;
  if (first === undefined) return;
  throw new RampartError('RAMPART_BUNDLE_NOT_TRUSTED', first, {
    exit: 'untrusted',
    next: 'Do not rely on this bundle. Get it again from its maker, or ask them for a new one.',
    problems: problems.map((message) => ({ message })),
  });
};
