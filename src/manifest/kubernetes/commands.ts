import type { Dict } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { type CommandLine, commandLineOf } from './command-line.js';
import { environmentOf, type FindSource } from './environment.js';
import { open } from './value.js';

/** What a container runs, and the variables it runs with. */
export interface Command {
  environment: Dict;
  line: CommandLine;
}

/** What the containers of one pod run, each worked out once: the pod asks for it, and so does the container itself. */
export class Commands {
  private readonly known = new Map<RawMap, Command>();

  /** `filledBy` is what may fill in fields that are left out. */
  constructor(
    private readonly filledBy: string | undefined,
    readonly find: FindSource,
  ) {}

  of(container: RawMap): Command {
    let command = this.known.get(container);
    if (!command) {
      const { at } = container;
      const filled = this.filledBy === undefined ? undefined : open(this.filledBy, at);
      const environment = environmentOf(container, filled, this.find, at);
      const defaulted = this.filledBy ?? 'the image, which decides what it runs';
      command = { environment, line: commandLineOf(container, environment, defaulted, at) };
      this.known.set(container, command);
    }
    return command;
  }
}
