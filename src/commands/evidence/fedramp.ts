import { Args, Flags, RampartCommand } from '../../cli.js';

/** Holds FedRAMP documents people have finished against FedRAMP's schemas. */
export default class Fedramp extends RampartCommand {
  static override summary = 'Check FedRAMP documents: their schema, misspelt fields, and what is not filled.';
  static override description =
    `For a Security Decision Record, Certification Package Overview or Ongoing Certification Report of the Consolidated Rules 2026, such as
a draft from a bundle that people have finished. FedRAMP’s schemas accept fields they do not know, so that a misspelt one passes
them and is lost; here it is a problem.

Exit codes: 0 valid, 1 a document is not, 2 wrong usage, 3 an input was not understood, 5 the bundle is not whole.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> certification-package-overview.json',
    '<%= config.bin %> <%= command.id %> security-decision-record.json --bundle chat.evb.tar',
  ];
  static override strict = false;
  static override args = { file: Args.string({ description: 'Documents.', required: true }) };
  static override flags = {
    type: Flags.string({
      description: 'What the documents are, where their fields do not tell.',
      options: ['security-decision-record', 'certification-package-overview', 'ongoing-certification-report'],
    }),
    bundle: Flags.string({ description: 'Bundle each urn:sha256: they cite must be a member of.' }),
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Fedramp);
    const { checkFedramp } = await import('../../session/check-fedramp.js');
    const { documents, exit } = await checkFedramp(argv as string[], flags);
    this.ends(exit);
    if (flags.json) return this.data(JSON.stringify(documents, null, 2));
    const { fedrampCheckText } = await import('#report/fedramp-check.js');
    this.data(fedrampCheckText(documents));
  }
}
