import { Args, Flags, ownControls, ownRequirements, RampartCommand } from '../cli.js';

/** What a requirement, a control, a baseline or a setting is about. */
export default class Explain extends RampartCommand {
  static override summary =
    'Explain a requirement, a control, a Key Security Indicator, a threat, a baseline or a setting.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> kms-key-rotation',
    '<%= config.bin %> <%= command.id %> "SC-28(1)"',
    '<%= config.bin %> <%= command.id %> logging.retention-days --baseline fedramp-rev5-high',
    '<%= config.bin %> <%= command.id %> fedramp-rev5-moderate --format markdown > moderate.md',
  ];
  static override args = {
    subject: Args.string({
      description: 'Id of a requirement, control, indicator, threat, baseline or setting.',
      required: true,
    }),
  };
  static override flags = {
    controls: ownControls,
    requirements: ownRequirements,
    baseline: Flags.string({ char: 'b', description: 'Cut controls and values down to one baseline.' }),
    format: Flags.string({
      char: 'f',
      description: 'How to print it.',
      options: ['human', 'json', 'markdown'],
      default: 'human',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const { explainSubject } = await import('../session/explain.js');
    this.data(await explainSubject(args.subject, { ...flags, format: flags.format as 'human' }));
  }
}
