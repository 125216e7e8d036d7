import { Args, Flags, ownControls, ownRequirements, RampartCommand } from '../cli.js';

/** Two judged states. */
export default class Diff extends RampartCommand {
  static override summary =
    'Say which requirements and controls change between two states, and FedRAMP’s kind of the change.';
  static override description =
    `A state is what rampart check --format json printed, or a manifest or folder, which is judged as check would. Better is only what
passes now. The kind of significant change (routine recurring, adaptive, transformative) comes with its reasons; where manifests
cannot tell, a person has to. Thresholds and accepted findings play no part.

Exit codes: 0 nothing got worse, 1 something did, 2 wrong usage, 3 an input was not understood, 4 nothing was judged.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> released.json deploy/',
    '<%= config.bin %> <%= command.id %> old/ new/ --baseline fedramp-rev5-high --format markdown',
  ];
  static override args = {
    from: Args.string({ description: 'The state before: a result, a manifest or a folder.', required: true }),
    to: Args.string({ description: 'The state after.', required: true }),
  };
  static override flags = {
    controls: ownControls,
    requirements: ownRequirements,
    system: Flags.string({ char: 's', description: 'System file that says what the system needs.' }),
    baseline: Flags.string({
      char: 'b',
      description: 'Baseline to judge against without a system file.',
      exclusive: ['system'],
    }),
    parameters: Flags.string({ char: 'p', description: 'Parameter values.', helpValue: 'parameters.json' }),
    waivers: Flags.string({ description: 'File of waivers; rampart-waivers.yaml when there is one.' }),
    requirement: Flags.string({ multiple: true, multipleNonGreedy: true, description: 'Judge this requirement only.' }),
    recurring: Flags.boolean({
      description: 'Such changes are made regularly and routinely, which no manifest shows.',
    }),
    format: Flags.string({
      char: 'f',
      description: 'How to print the difference.',
      options: ['human', 'json', 'markdown'],
      default: 'human',
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    const { diffStates } = await import('../session/diff.js');
    const { text, exit } = await diffStates(args.from, args.to, flags, this.config.version);
    this.data(text);
    this.ends(exit);
  }
}
