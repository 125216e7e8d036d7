import { once } from 'node:events';
import * as Args from '@oclif/core/args';
import { Command } from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import { type ExitName, exitCodes } from '#model/error.js';

/** What commands are described with; nothing but this file and the start knows where it comes from. */
export { Args, Flags };

/** For every command that stands on control data. */
export const ownControls = Flags.string({
  multiple: true,
  description: 'Control data of your own over what is shipped: an imported file, or a publisher’s.',
  helpValue: 'rampart-controls.json',
});

/** For every command that judges, plans or tells of requirements. */
export const ownRequirements = Flags.string({
  multiple: true,
  description: 'Folder of your own requirements (<category>/<id>.yaml) beside what is shipped.',
  helpValue: 'requirements/',
});

/** For every command that plans or judges: what exists where. */
export const ownBoundary = Flags.string({
  multiple: true,
  description:
    'Boundary file of your own over what is shipped: regions, resource types, models and instance families you have seen, with source and date.',
  helpValue: 'boundary.yaml',
});

/** What every command shares: data to stdout, everything else to stderr, exit codes from the one table. */
export abstract class RampartCommand extends Command {
  /** Writes data. */
  protected data(text: string): void {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** Writes data that may come in pieces, no faster than it is taken, and as long as somebody takes it. */
  protected async pieces(text: string | Iterable<string>): Promise<void> {
    if (typeof text === 'string') return this.data(text);
    for (const piece of text) {
      if (process.stdout.write(piece)) continue;
      const isTaken = await once(process.stdout, 'drain').then(
        () => true,
        () => false,
      );
      if (!isTaken) return;
    }
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
