import { Flags, ownControls, ownRequirements, RampartCommand } from '../../cli.js';

/** How much of a baseline Rampart can judge. */
export default class Coverage extends RampartCommand {
  static override summary = 'Say which controls of a baseline Rampart judges something of, and how.';
  static override description =
    'No control is ever called satisfied: Rampart supports controls, it does not meet them whole.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --baseline fedramp-rev5-high --all',
    '<%= config.bin %> <%= command.id %> --baseline fedramp-class-c --format csv > coverage.csv',
  ];
  static override flags = {
    baseline: Flags.string({ char: 'b', description: 'Baseline.', default: 'fedramp-rev5-moderate' }),
    all: Flags.boolean({ char: 'a', description: 'Show controls that no requirement supports too.' }),
    format: Flags.string({
      char: 'f',
      description: 'How to print it; csv and markdown list every control.',
      options: ['human', 'json', 'csv', 'markdown'],
      default: 'human',
    }),
    json: Flags.boolean({ description: 'The same as --format json.' }),
    controls: ownControls,
    requirements: ownRequirements,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Coverage);
    const { coverageOf } = await import('../../session/controls.js');
    this.data(await coverageOf({ ...flags, format: flags.json ? 'json' : (flags.format as 'human') }));
  }
}
