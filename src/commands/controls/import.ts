import { Args, Flags, RampartCommand } from '../../cli.js';

/** Publishers' files into Rampart's form. */
export default class Import extends RampartCommand {
  static override summary =
    'Read an OSCAL catalog or profile, or FedRAMP’s consolidated rules, for use with --controls.';
  static override description =
    `Rampart ships ids, titles and parameter values, not the sentences of the publications. The
official files bring those, newer rules, and baselines of your own: a profile is resolved with what it imports (looked for
beside it), what it sets and what it alters.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> NIST_SP-800-53_rev5_catalog.json --out catalog.json',
    '<%= config.bin %> <%= command.id %> agency-overlay_profile.json --id agency-moderate --impact moderate',
    '<%= config.bin %> <%= command.id %> fedramp-consolidated-rules.json --out rules.json',
  ];
  static override args = { file: Args.string({ description: 'The publisher’s JSON file.', required: true }) };
  static override flags = {
    out: Flags.string({ char: 'o', description: 'File to write.', default: 'rampart-controls.json' }),
    id: Flags.string({ description: 'Id of the baseline a profile becomes; its file name otherwise.' }),
    impact: Flags.string({ description: 'FIPS 199 impact the baseline is for.', options: ['low', 'moderate', 'high'] }),
    force: Flags.boolean({ description: 'Replace the file.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Import);
    const [{ importControls }, { loadBase }] = await Promise.all([
      import('../../session/control-data.js'),
      import('../../session/load.js'),
    ]);
    this.note(await importControls(args.file, flags, await loadBase()));
  }
}
