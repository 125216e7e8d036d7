import type { Position } from './position.js';

/** The one table of exit codes. The output format never changes them. */
export const exitCodes = {
  passed: 0,
  findings: 1,
  usage: 2,
  input: 3,
  nothingJudged: 4,
  untrusted: 5,
  outside: 6,
  bug: 70,
} as const;

export type ExitName = keyof typeof exitCodes;

export interface Problem {
  message: string;
  position?: Position;
}

/**
 * An error a user can act on. `code` is stable (`RAMPART_…` in upper snake case), `next` says what to do now, `exit` names
 * a row of the exit table, `problems` lists the places at fault when there are several.
 */
export class RampartError extends Error {
  /** The program is bundled into several files, each with this class: an error thrown in one is known in all. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'RampartError' && 'exit' in value;
  }

  override readonly name = 'RampartError';
  readonly code: string;
  readonly exit: ExitName;
  readonly next: string;
  readonly position: Position | undefined;
  readonly problems: readonly Problem[];

  constructor(
    code: string,
    message: string,
    options: {
      exit: ExitName;
      next: string;
      position?: Position | undefined;
      problems?: readonly Problem[];
      cause?: unknown;
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.exit = options.exit;
    this.next = options.next;
    this.position = options.position;
    this.problems = options.problems ?? [];
  }
}
