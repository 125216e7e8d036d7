import { Args, Flags, RampartCommand } from '../../cli.js';

/** Two bundles of one system, at two times. */
export default class Diff extends RampartCommand {
  static override summary = 'Say which controls gained or lost support between two bundles, and why.';
  static override description =
    `Both bundles are verified first; only that they are older than a policy allows is no hindrance. A control is supported when all that
was found of it passes.

Exit codes: 0 no control lost support, 1 some did, 5 a bundle is not to be relied on.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> june.evb.tar july.evb.tar --trust rampart.trust.json',
  ];
  static override args = {
    from: Args.string({ description: 'The bundle before.', required: true }),
    to: Args.string({ description: 'The bundle after.', required: true }),
  };
  static override flags = {
    trust: Flags.string({ char: 't', description: 'Trust policy file.' }),
    json: Flags.boolean({ description: 'Print as JSON.' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Diff);
    const { diffEvidence } = await import('../../session/diff-evidence.js');
    const diff = await diffEvidence(args.from, args.to, flags);
    const { evidenceDiffText } = await import('#report/evidence-diff.js');
    this.data(flags.json ? JSON.stringify(diff, null, 2) : evidenceDiffText(diff));
    if (diff.changes.some(({ change }) => change === 'lost')) this.ends('findings');
  }
}
