import * as Flags from '@oclif/core/flags';
import { RampartCommand } from '../../cli.js';

/** The controls of a baseline. */
export default class List extends RampartCommand {
  static override summary = 'List the controls of a baseline and the requirements that support them.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --baseline fedramp-rev5-high',
    '<%= config.bin %> <%= command.id %> --requirements',
  ];
  static override flags = {
    baseline: Flags.string({ char: 'b', description: 'Baseline.', default: 'fedramp-rev5-moderate' }),
    requirements: Flags.boolean({ description: "List Rampart's requirements instead." }),
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(List);
    const { listControls, listRequirements } = await import('../../session/controls.js');
    this.data(await (flags.requirements ? listRequirements(flags) : listControls(flags)));
  }
}
