import { checkFlags } from '../check-flags.js';
import { Args, RampartCommand } from '../cli.js';
import { attestFlags } from '../key-flags.js';
import type { runFix } from '../session/fix.js';
import type { Said } from '../session/gate.js';

/** The gate: manifests in, findings out. */
export default class Check extends RampartCommand {
  static override summary = 'Judge manifests against a baseline before they are deployed.';
  static override description =
    `Reads CloudFormation templates with every condition branch, Terraform plans, Kubernetes streams and ARM templates, and says of
each requirement whether it passes, fails, or depends on something that is not settled yet. Unknown is not a pass.

With a system file the gate also says what is missing. ${'`rampart.yaml`'} in the current folder is used unless --baseline is given.

Formats: human; json (dist/schemas/result.schema.json describes it); sarif 2.1.0; junit; github (annotations, and the job summary where
there is one); gitlab (Code Quality); markdown (for a comment on a pull request); oscal (assessment results); hdf (for MITRE Heimdall);
csv. A format alone is printed, which one of them can be; name=file writes it, all files or none. The format never changes the exit code.

--attest writes the verdict as a signed statement (SLSA verification summary) on exactly the files that were judged, with the
parameters, the saved plan and the change set that are named; rampart evidence verify --for holds a deployment against it.

Exit codes: 0 passed, 1 findings, 2 wrong usage, 3 an input was not understood, 4 nothing was judged.`;
  static override usage = [
    '<%= command.id %> PATH... [--baseline ID | --system FILE] [FLAGS]',
    '<%= command.id %> PATH... --fix [--yes] [FLAGS]',
    '<%= command.id %> PATH... --shard INDEX/COUNT --format json [FLAGS]',
  ];
  static override examples = [
    '<%= config.bin %> <%= command.id %> deploy/',
    '<%= config.bin %> <%= command.id %> template.yaml --baseline fedramp-rev5-high',
    '<%= config.bin %> <%= command.id %> deploy/ --format sarif=rampart.sarif --format human',
    '<%= config.bin %> <%= command.id %> deploy/ --format github --format junit=rampart.xml --force',
    '<%= config.bin %> <%= command.id %> deploy/ --format gitlab=gl-code-quality-report.json --format human',
    '<%= config.bin %> <%= command.id %> deploy/ --format markdown=comment.md --format hdf=hdf.json --format oscal=results.json',
    '<%= config.bin %> <%= command.id %> template.json --parameters parameters.json',
    '<%= config.bin %> <%= command.id %> plan.json --attest verdict.dsse.json --key k.pem --plan tfplan',
    '<%= config.bin %> <%= command.id %> deploy/ --fix',
    '<%= config.bin %> <%= command.id %> deploy/ --shard 2/8 --format json > part-2.json',
    'helm template chart/ | <%= config.bin %> <%= command.id %> -',
  ];
  static override strict = false;
  static override args = {
    path: Args.string({
      description: 'Files, folders and quoted patterns to judge; - is standard input.',
      required: true,
    }),
  };
  static override flags = { ...checkFlags, ...attestFlags };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Check);
    const { text, notes, exit } = await runCheck(argv as string[], flags, this.config.version, this.note);
    for (const note of notes) this.note(note);
    if (flags.key !== undefined) {
      const { exposedKey } = await import('../session/exposed-key.js');
      for (const note of await exposedKey(flags.key)) this.note(note);
    }
    if (text !== '') await this.pieces(text);
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
): Promise<Said> {
  if (flags.fix) return (await import('../session/fix.js')).runFix(paths, flags, version, say);
  if (flags.shard !== undefined)
    return (await import('../session/shard.js')).runShard(paths, flags, version, flags.shard);
  if (flags.format.some((word) => word.split('=')[0] === 'sarif'))
    return (await import('../session/sarif-fixes.js')).runWithFixes(paths, flags, version);
  return (await import('../session/gate.js')).runGate(paths, flags, version);
}
