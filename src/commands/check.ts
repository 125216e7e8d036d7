import * as Args from '@oclif/core/args';
import type { ExitName } from '#model/error.js';
import { checkFlags } from '../check-flags.js';
import { RampartCommand } from '../cli.js';
import type { runFix } from '../session/fix.js';

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
    '<%= config.bin %> <%= command.id %> deploy/ --fix',
    '<%= config.bin %> <%= command.id %> deploy/ --shard 2/8 --format json > part-2.json',
    'helm template chart/ | <%= config.bin %> <%= command.id %> -',
  ];
  static override strict = false;
  static override args = {
    path: Args.string({ description: 'Files and folders to judge; - is standard input.', required: true }),
  };
  static override flags = checkFlags;

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Check);
    const { text, exit } = await runCheck(argv as string[], flags, this.config.version, this.note);
    this.data(text);
    this.ends(exit);
  }
}

type Flags = Parameters<typeof runFix>[1] & { fix: boolean; shard?: string | undefined };

/** The job the flags ask for; only that one is loaded. */
async function runCheck(
  paths: readonly string[],
  flags: Flags,
  version: string,
  say: (text: string) => void,
): Promise<{ text: string; exit: ExitName }> {
  if (flags.fix) return (await import('../session/fix.js')).runFix(paths, flags, version, say);
  if (flags.shard !== undefined)
    return (await import('../session/shard.js')).runShard(paths, flags, version, flags.shard);
  return (await import('../session/gate.js')).runGate(paths, flags, version);
}
