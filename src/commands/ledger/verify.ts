import { Args, Flags, RampartCommand } from '../../cli.js';

/** Whether a ledger is what it was. */
export default class Verify extends RampartCommand {
  static override summary = 'Verify a ledger from its first line, or a proof without the ledger.';
  static override description =
    `Every line, every root and the chain of every system is checked again. With --head, the size:root that was kept elsewhere, lines that
were changed or taken away since are found. Bundles that were never added are listed one by one. Exit 5 when something is wrong.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> ledger.jsonl --head 12:3f0c…',
    '<%= config.bin %> <%= command.id %> --proof proof.json --head 12:3f0c…',
  ];
  static override args = { ledger: Args.string({ description: 'File of the ledger.' }) };
  static override flags = {
    head: Flags.string({ description: 'Head that was kept: size:root.' }),
    proof: Flags.string({ description: 'Proof to verify instead of a ledger.', dependsOn: ['head'] }),
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Verify);
    const { verifyLedger, verifyProof } = await import('../../session/ledger-proof.js');
    if ((args.ledger === undefined) === (flags.proof === undefined)) {
      this.note('Give a ledger, or a proof with --proof and --head.');
      return this.ends('usage');
    }
    const found =
      flags.proof === undefined
        ? await verifyLedger(args.ledger ?? '', flags.head)
        : await verifyProof(flags.proof, flags.head ?? '');
    const { ledgerText } = await import('#report/ledger.js');
    this.data(flags.json ? JSON.stringify(found, null, 2) : ledgerText(found));
    if (found.problems.length > 0) this.ends('untrusted');
  }
}
