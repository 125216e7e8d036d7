import { Args, Flags, RampartCommand } from '../../cli.js';

/** A bundle's digest into the ledger. */
export default class Add extends RampartCommand {
  static override summary = 'Add a verified bundle to an append-only ledger.';
  static override description =
    `One line for each bundle: its digest, who signed it, the gate's verdict and what its findings come to for each control. Each line
holds the Merkle root (RFC 9162) of all lines before it. Prints the new head, size:root; keep it where the ledger is not.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> ledger.jsonl chat.evb.tar --trust rampart.trust.json',
  ];
  static override args = {
    ledger: Args.string({ description: 'File of the ledger; made when it is not there.', required: true }),
    bundle: Args.string({ description: 'Archive or folder.', required: true }),
  };
  static override flags = {
    trust: Flags.string({ char: 't', description: 'Trust policy file.' }),
    'allow-intact': Flags.boolean({
      description: 'Add a bundle whose signature was not checked.',
      exclusive: ['trust'],
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Add);
    const { addToLedger } = await import('../../session/ledger.js');
    const { entry, size, root, notes } = await addToLedger(args.ledger, args.bundle, flags);
    this.note(`Added number ${entry.sequence} of ${entry.systemId}/${entry.environment} as line ${size}.`);
    for (const note of notes) this.note(note);
    this.data(`${size}:${root}`);
  }
}
