import { Args, Flags, ownControls, ownRequirements, RampartCommand } from '../../cli.js';

/** The waivers under judgement, and nothing else. */
export default class Check extends RampartCommand {
  static override summary =
    'Say what is wrong with the waivers: run out, too long, too broad, self-approved, of no use.';
  static override description =
    `With paths the manifests are judged, and a waiver that matches nothing in them or is not needed is wrong too: give all the manifests
there are. Findings themselves do not count.

Exit codes: 0 nothing wrong, 1 a waiver is, 2 wrong usage, 3 an input was not understood.`;
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> deploy/'];
  static override strict = false;
  static override args = { path: Args.string({ description: 'Files and folders to hold the waivers against.' }) };
  static override flags = {
    system: Flags.string({ char: 's', description: 'System file; rampart.yaml when there is one.' }),
    baseline: Flags.string({ char: 'b', description: 'Baseline to judge against without a system file.' }),
    parameters: Flags.string({ char: 'p', description: 'Parameter values.', helpValue: 'parameters.json' }),
    waivers: Flags.string({ description: 'File of waivers; rampart-waivers.yaml when there is one.' }),
    controls: ownControls,
    requirements: ownRequirements,
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Check);
    const { auditWaivers } = await import('../../session/waiver-audit.js');
    const { audit, exit } = await auditWaivers(argv as string[], flags, this.config.version);
    this.ends(exit);
    if (flags.json) return this.data(JSON.stringify(audit, null, 2));
    const [{ waiverAudit }, { paletteFor }, { terminal }] = await Promise.all([
      import('#report/waivers.js'),
      import('../../session/palette.js'),
      import('#io/environment.js'),
    ]);
    this.data(waiverAudit(audit, await paletteFor(terminal().colour)));
  }
}
