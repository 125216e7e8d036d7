import { Args, Flags, RampartCommand } from '../../cli.js';

/** Two baselines, or two versions of the rules. */
export default class Diff extends RampartCommand {
  static override summary =
    'Say what differs between two baselines or rule files, and which requirements that touches.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> fedramp-rev5-moderate fedramp-rev5-high',
    '<%= config.bin %> <%= command.id %> fedramp-rev5-moderate agency_profile.json',
    '<%= config.bin %> <%= command.id %> rules fedramp-consolidated-rules.json',
  ];
  static override args = {
    from: Args.string({ description: 'Baseline id, the word rules, or a file.', required: true }),
    to: Args.string({ description: 'What to compare it with.', required: true }),
  };
  static override flags = { json: Flags.boolean({ description: 'Print as JSON.' }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    const { differenceText } = await import('../../session/controls.js');
    this.data(await differenceText(args.from, args.to, flags.json));
  }
}
