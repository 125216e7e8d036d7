import { Args, Flags, ownControls, RampartCommand } from '../../cli.js';

/** One control. */
export default class Show extends RampartCommand {
  static override summary =
    'Show a control: the baselines that select it, its parameters, the requirements that support it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> sc-28',
    '<%= config.bin %> <%= command.id %> "AU-11"',
    '<%= config.bin %> <%= command.id %> KSI-SVC-SIN',
    '<%= config.bin %> <%= command.id %> ac-2 --controls NIST_SP-800-53_rev5_catalog.json',
  ];
  static override args = {
    id: Args.string({ description: 'Control id, such as sc-28.1 or "SC-28(1)".', required: true }),
  };
  static override flags = {
    baseline: Flags.string({ char: 'b', description: 'Cut values down to one baseline.' }),
    controls: ownControls,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Show);
    const { explainSubject } = await import('../../session/explain.js');
    this.data(await explainSubject(args.id, flags));
  }
}
