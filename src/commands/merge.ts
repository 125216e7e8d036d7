import { checkFlags } from '../check-flags.js';
import { Args, RampartCommand } from '../cli.js';

const { fix: _, yes: __, shard: ___, parameters: ____, ...flags } = checkFlags;

/** The parts of a run in, the findings of the run out. */
export default class Merge extends RampartCommand {
  static override summary = 'Put together what the shards of one run found.';
  static override description =
    `Takes what each ${'`rampart check --shard`'} printed and says what one run over all files says, byte for byte. Parts that are missing, given
twice, or of another run are refused.

Give it the flags the shards were given. Without --system and --baseline it stands where the parts stood; a system is read again.

Exit codes are those of check.`;
  static override usage = '<%= command.id %> PART... [--baseline ID | --system FILE] [FLAGS]';
  static override examples = [
    '<%= config.bin %> <%= command.id %> part-*.json',
    '<%= config.bin %> <%= command.id %> parts/ --system rampart.yaml --format sarif > rampart.sarif',
  ];
  static override strict = false;
  static override args = {
    part: Args.string({ description: 'Parts of the run, and folders of them.', required: true }),
  };
  static override flags = flags;

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Merge);
    const { runMerge } = await import('../session/merge.js');
    const { text, notes, exit } = await runMerge(argv as string[], flags, this.config.version);
    for (const note of notes) this.note(note);
    if (text !== '') await this.pieces(text);
    this.ends(exit);
  }
}
