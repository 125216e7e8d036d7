import { Flags, RampartCommand } from '../../cli.js';

/** The threats Rampart answers. */
export default class Threats extends RampartCommand {
  static override summary = 'Show which requirements answer which threat.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --format markdown > threats.md',
  ];
  static override flags = {
    format: Flags.string({
      char: 'f',
      description: 'How to print the matrix.',
      options: ['human', 'json', 'csv', 'markdown'],
      default: 'human',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Threats);
    const { threats } = await import('../../session/controls.js');
    this.data(await threats(flags.format as 'human'));
  }
}
