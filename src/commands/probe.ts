import * as Flags from '@oclif/core/flags';
import { ownBoundary, RampartCommand } from '../cli.js';

/** The live account, held against the same requirements. */
export default class Probe extends RampartCommand {
  static override summary = 'Look at the live account: who is calling, and in what state the keys are.';
  static override description =
    `Calls STS and KMS over FIPS endpoints with the default credentials, in a region of the boundary, and judges the answers by the
requirements the gate uses. What is denied or cannot be reached is unknown, never a pass. Without --key every key that an alias
of the region points to is looked at.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --key alias/rampart-casework-chat',
    '<%= config.bin %> <%= command.id %> --json > probe.json',
  ];
  static override flags = {
    boundary: ownBoundary,
    system: Flags.string({ char: 's', description: 'System file.', default: 'rampart.yaml' }),
    key: Flags.string({
      char: 'k',
      description: 'KMS key id, alias or ARN; may be given several times.',
      multiple: true,
      default: [],
    }),
    region: Flags.string({ description: 'Region of the boundary to look at; the first by default.' }),
    json: Flags.boolean({ description: 'Print observations and findings as JSON, for rampart evidence create.' }),
    all: Flags.boolean({ char: 'a', description: 'Show passes too.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Probe);
    const [{ loadBase, loadPlan }, { probe }, { isBlocking }] = await Promise.all([
      import('../session/load.js'),
      import('../session/probe.js'),
      import('#model/verdict.js'),
    ]);
    const { plan, base } = await loadPlan(flags.system, await loadBase(), flags.boundary);
    const { observations, findings } = await probe(plan, base, { keys: flags.key, region: flags.region });
    if (flags.json) this.data(JSON.stringify({ observations, findings }, null, 2));
    else {
      const { probeText } = await import('#report/probe.js');
      this.data(probeText(observations, findings, flags.all));
    }
    if (findings.some((finding) => isBlocking(finding.verdict))) this.ends('findings');
    else if (findings.length === 0) this.ends('nothingJudged');
  }
}
