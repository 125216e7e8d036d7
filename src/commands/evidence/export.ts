import { Args, Flags, RampartCommand } from '../../cli.js';

/** A statement of a bundle for the tools of others. */
export default class Export extends RampartCommand {
  static override summary = 'Write a statement of a verified bundle in the format of Sigstore.';
  static override description =
    `A Sigstore bundle 0.3 with the DSSE envelope and the hint of its key, for verifiers that are given the public key. Only signatures by
P-256 keys can be exported: those verifiers fail P-384 and RSA-PSS. No transparency log is asked or told.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> chat.evb.tar --sigstore chat.sigstore.json --trust rampart.trust.json',
  ];
  static override args = { bundle: Args.string({ description: 'Archive or folder.', required: true }) };
  static override flags = {
    sigstore: Flags.string({ description: 'File to write.', required: true, helpValue: 'chat.sigstore.json' }),
    statement: Flags.string({
      description: 'Which statement: what the bundle holds, or the gate’s verdict.',
      options: ['bundle', 'verdict'],
      default: 'bundle',
    }),
    trust: Flags.string({ char: 't', description: 'Trust policy file.', required: true }),
    force: Flags.boolean({ description: 'Replace a file that exists.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Export);
    const { exportSigstore } = await import('../../session/export-evidence.js');
    const written = await exportSigstore(args.bundle, { ...flags, out: flags.sigstore });
    this.note(`Wrote ${written.join(', ')}.`);
  }
}
