import { Args, Flags, RampartCommand } from '../../cli.js';

/** A proof for somebody who has not got the ledger. */
export default class Prove extends RampartCommand {
  static override summary = 'Print a proof that a bundle is in the ledger, or that the ledger only grew.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ledger.jsonl --bundle 9f2c… > proof.json',
    '<%= config.bin %> <%= command.id %> ledger.jsonl --from 12 > proof.json',
  ];
  static override args = { ledger: Args.string({ description: 'File of the ledger.', required: true }) };
  static override flags = {
    bundle: Flags.string({ description: 'Digest of a bundle: an inclusion proof.', exactlyOne: ['bundle', 'from'] }),
    from: Flags.integer({ description: 'Size the ledger had: a consistency proof.', min: 1 }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Prove);
    const { proveLedger } = await import('../../session/ledger-proof.js');
    this.data(await proveLedger(args.ledger, flags));
  }
}
