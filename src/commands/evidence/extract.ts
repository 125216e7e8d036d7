import { Args, Flags, RampartCommand } from '../../cli.js';

/** A bundle as a folder. */
export default class Extract extends RampartCommand {
  static override summary = 'Write the files of a bundle into a folder, after its digests were checked.';
  static override description =
    'All files are written or none, each inside the folder; files of the bundle that are there already stay unless --force is given. A folder that holds anything else is refused: the folder is the same bundle and verifies as such.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --trust rampart.trust.json --out evidence/',
  ];
  static override args = { bundle: Args.string({ description: 'Archive or folder.', required: true }) };
  static override flags = {
    out: Flags.string({ char: 'o', description: 'Folder to write to.', required: true }),
    trust: Flags.string({ char: 't', description: 'Trust policy: nothing is written unless the bundle is verified.' }),
    force: Flags.boolean({ description: 'Replace files that exist.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Extract);
    const { extractEvidence } = await import('../../session/extract-evidence.js');
    const { written, identity } = await extractEvidence(args.bundle, flags);
    this.note(`Wrote ${written.length} files to ${flags.out}.`);
    if (flags.trust === undefined) this.note('Nobody vouches for them: no trust policy was given (--trust).');
    this.data(identity);
  }
}
