import * as Args from '@oclif/core/args';
import { checkFlags } from '../check-flags.js';
import { RampartCommand } from '../cli.js';

/** The gate: manifests in, findings out. */
export default class Check extends RampartCommand {
  static override summary = 'Judge manifests against a baseline before they are deployed.';
  static override description =
    `Reads CloudFormation templates, following every condition branch, and Kubernetes streams, and says of each requirement whether it
passes, fails, or depends on something that is not settled yet. Unknown is not a pass.

With a system file the gate also says what is missing. ${'`rampart.yaml`'} in the current folder is used unless --baseline is given.

Exit codes: 0 passed, 1 findings, 2 wrong usage, 3 an input was not understood, 4 nothing was judged.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> deploy/',
    '<%= config.bin %> <%= command.id %> template.yaml --baseline fedramp-rev5-high',
    '<%= config.bin %> <%= command.id %> deploy/ --format sarif > rampart.sarif',
    '<%= config.bin %> <%= command.id %> template.json --parameters parameters.json',
    'helm template chart/ | <%= config.bin %> <%= command.id %> -',
  ];
  static override strict = false;
  static override args = {
    path: Args.string({
      description: 'Files, folders and quoted patterns to judge; - is standard input.',
      required: true,
    }),
  };
  static override flags = checkFlags;

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Check);
    const { runGate } = await import('../session/gate.js');
    const { text, exit } = await runGate(argv as string[], flags, this.config.version);
    this.data(text);
    this.ends(exit);
  }
}
