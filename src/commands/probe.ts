import * as Flags from '@oclif/core/flags';
import { ownBoundary, RampartCommand } from '../cli.js';

/** The live account, held against the same requirements. */
export default class Probe extends RampartCommand {
  static override summary = 'Look at the live account: who is calling, and in what state the keys are.';
  static override description =
    `Calls STS and KMS over FIPS endpoints with the default credentials, in a region of the boundary, and judges the answers by the
requirements the gate uses. What is denied or cannot be reached is unknown, never a pass. Keys are those the system's own
templates create, by their aliases, unless --key, --template or --all-keys says otherwise.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --key alias/rampart-casework-chat',
    '<%= config.bin %> <%= command.id %> --permissions > probe-policy.json',
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
      exclusive: ['template', 'all-keys'],
    }),
    template: Flags.string({
      char: 't',
      description: 'Template whose key aliases are looked at; may be given several times.',
      multiple: true,
      default: [],
      exclusive: ['all-keys'],
    }),
    'all-keys': Flags.boolean({ description: 'Look at every customer key that an alias of the region points to.' }),
    region: Flags.string({ description: 'Region of the boundary to look at; the first by default.' }),
    permissions: Flags.boolean({
      description: 'Print the IAM policy for exactly these calls instead of making them.',
      exclusive: ['json', 'all'],
    }),
    json: Flags.boolean({ description: 'Print observations and findings as JSON, for rampart evidence create.' }),
    all: Flags.boolean({ char: 'a', description: 'Show passes too.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Probe);
    const [{ loadBase, loadPlan }, { keysWanted }] = await Promise.all([
      import('../session/load.js'),
      import('../session/probe-keys.js'),
    ]);
    const { plan, base } = await loadPlan(flags.system, await loadBase(), flags.boundary);
    const region = flags.region ?? plan.system.boundary.regions[0] ?? '';
    const wanted = { keys: flags.key, templates: flags.template, allKeys: flags['all-keys'] };
    const keys = await keysWanted(wanted, region, plan, base);
    if (flags.permissions) {
      const { probePermissions } = await import('../session/probe-permissions.js');
      this.data(JSON.stringify(probePermissions(plan, region, keys), null, 2));
      this.note('sts:GetCallerIdentity needs no permission.');
      return;
    }
    const [{ probe }, { isBlocking }] = await Promise.all([import('../session/probe.js'), import('#model/verdict.js')]);
    const { observations, findings, notes } = await probe(plan, base, { keys, region });
    for (const note of notes) this.note(note);
    if (flags.json) this.data(JSON.stringify({ observations, findings }, null, 2));
    else {
      const { probeText } = await import('#report/probe.js');
      this.data(probeText(observations, findings, flags.all));
    }
    if (findings.some((finding) => isBlocking(finding.verdict))) this.ends('findings');
    else if (findings.length === 0) this.ends('nothingJudged');
  }
}
