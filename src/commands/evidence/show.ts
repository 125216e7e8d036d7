import { Args, Flags, RampartCommand } from '../../cli.js';

/** What a bundle holds. */
export default class Show extends RampartCommand {
  static override summary = 'List what a bundle holds, or print one of its files.';
  static override description =
    'Digests are checked first, and a bundle whose digests do not hold is not shown. Nothing is unpacked.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar',
    '<%= config.bin %> <%= command.id %> chat.evb.tar --file results/findings.json | jq .summary',
  ];
  static override args = { bundle: Args.string({ description: 'Archive or folder.', required: true }) };
  static override flags = {
    file: Flags.string({ description: 'Print this member.' }),
    json: Flags.boolean({ description: 'Print the manifest and the statement as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Show);
    const { showEvidence } = await import('../../session/show-evidence.js');
    const shown = await showEvidence(args.bundle, flags);
    if (typeof shown === 'string') this.data(shown);
    else process.stdout.write(shown);
  }
}
