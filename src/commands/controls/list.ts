import { Flags, ownControls, RampartCommand } from '../../cli.js';

/** The controls of a baseline. */
export default class List extends RampartCommand {
  static override summary = 'List the controls of a baseline and the requirements that support them.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --baseline fedramp-rev5-high',
    '<%= config.bin %> <%= command.id %> --requirements',
    '<%= config.bin %> <%= command.id %> --indicators --baseline fedramp-class-c',
  ];
  static override flags = {
    baseline: Flags.string({ char: 'b', description: 'Baseline.', default: 'fedramp-rev5-moderate' }),
    requirements: Flags.boolean({ description: "List Rampart's requirements instead." }),
    family: Flags.string({ description: 'Only controls of one family, such as sc.' }),
    indicators: Flags.boolean({ description: 'List the Key Security Indicators of a FedRAMP class instead.' }),
    controls: ownControls,
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(List);
    const { listControls, listIndicators, listRequirements } = await import('../../session/controls.js');
    const list = flags.requirements ? listRequirements : flags.indicators ? listIndicators : listControls;
    this.data(await list(flags));
  }
}
