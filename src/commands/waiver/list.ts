import { Flags, ownControls, ownRequirements, RampartCommand } from '../../cli.js';

/** The accepted deviations. */
export default class List extends RampartCommand {
  static override summary = 'List the waivers of the waivers file and the system file, the next to end first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --result result.json',
  ];
  static override flags = {
    result: Flags.string({
      description: 'What rampart check --format json printed, to tell how many findings each is for.',
      helpValue: 'result.json',
    }),
    system: Flags.string({ char: 's', description: 'System file; rampart.yaml when there is one.' }),
    waivers: Flags.string({ description: 'File of waivers; rampart-waivers.yaml when there is one.' }),
    controls: ownControls,
    requirements: ownRequirements,
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(List);
    const { listWaivers } = await import('../../session/waiver-audit.js');
    const listed = await listWaivers(flags);
    if (flags.json) return this.data(JSON.stringify({ waivers: listed }, null, 2));
    const [{ waiverList }, { paletteFor }, { terminal }] = await Promise.all([
      import('#report/waivers.js'),
      import('../../session/palette.js'),
      import('#io/environment.js'),
    ]);
    this.data(waiverList(listed, await paletteFor(terminal().colour)));
  }
}
