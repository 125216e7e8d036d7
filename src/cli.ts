import { Command } from '@oclif/core/command';
import { type ExitName, exitCodes } from '#model/error.js';

/** What every command shares: data to stdout, everything else to stderr, exit codes from the one table. */
export abstract class RampartCommand extends Command {
  /** Writes data. */
  protected data(text: string): void {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** Writes something about the data: progress, what was written where, a hint. */
  protected note(text: string): void {
    process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** Ends with a row of the exit table once the command returns. */
  protected ends(exit: ExitName): void {
    process.exitCode = exitCodes[exit];
  }
}
